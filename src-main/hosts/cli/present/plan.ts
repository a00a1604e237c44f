/** What a sort would do, as a person sees it before it is done. */
import type { PlannedFile, SortPlan, SortRequest } from '../../../contract/operations.ts';
import type { Terminal } from '../terminal.ts';
import { leftLines } from './left.ts';
import { bytes, count, plural } from './numbers.ts';
import { table } from './table.ts';
import { shortened, wrap } from './text.ts';

export interface ShownPlan {
  readonly plan: SortPlan;
  readonly how: SortRequest['how'];
  readonly examples: readonly PlannedFile[]; // a few of its files
}

const mostFolders = 40;

export function planLines({ plan, how, examples }: ShownPlan, terminal: Terminal): string[] {
  const { width, colours } = terminal;
  const { photos, files, target, staying, problem } = plan;
  const going = `${plural(files, 'file')}${files === photos ? '' : ` of ${plural(photos, 'photo')}`}, ${bytes(plan.bytes)}, to ${target.path}`;
  const goes = [
    wrap(`${how === 'move' ? 'Move' : 'Copy'} ${going}`, width).map(colours.bold),
    folderLines(plan, terminal),
    examples.length === 0 ? [] : exampleLines(examples, terminal),
    noteLines(plan, how, terminal),
  ];
  const blocks = [
    ...(files === 0 ? [] : goes),
    staying.length === 0 ? [] : [colours.bold('Staying'), ...leftLines(staying, terminal)],
    problem ? wrap(problem.message, width) : [],
  ];
  return blocks.filter((lines) => lines.length > 0).flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
}

function folderLines({ folders }: SortPlan, terminal: Terminal): string[] {
  const shown = folders.slice(0, mostFolders);
  const rest = folders.slice(mostFolders);
  const rows = shown.map(({ path, files, bytes: size }) => [
    shortened(path === '' ? '.' : path, terminal.width - 24, terminal),
    count(files),
    bytes(size),
  ]);
  const more = `and ${plural(rest.length, 'more folder')} with ${plural(
    rest.reduce((sum, { files }) => sum + files, 0),
    'file',
  )}`;
  return [
    ...table(['Folder', 'Files', 'Size'], rows, ['left', 'right', 'right'], terminal),
    ...(rest.length === 0 ? [] : [`  ${terminal.unicode ? '…' : '...'} ${more}`]),
  ];
}

function exampleLines(examples: readonly PlannedFile[], terminal: Terminal): string[] {
  const [from, to] = ['From, for example', 'To'];
  const widest = Math.max(from.length, ...examples.map((file) => file.from.length));
  const fromRoom = Math.min(widest, Math.floor((terminal.width - 4) / 2));
  const rows = examples.map((file) => [
    shortened(file.from, fromRoom, terminal),
    shortened(file.to, terminal.width - 4 - Math.max(from.length, fromRoom), terminal),
  ]);
  return table([from, to], rows, ['left', 'left'], terminal);
}

function noteLines({ withCompanions, renamed, copied, free }: SortPlan, how: SortRequest['how'], { width }: Terminal): string[] {
  const room = free === null ? '' : `, ${bytes(free.bytes)} free there`;
  const notes = [
    ...(withCompanions > 0 ? [`${plural(withCompanions, 'photo takes', 'photos take')} other files along.`] : []),
    ...(renamed > 0 ? [`${plural(renamed, 'file gets', 'files get')} a number, as another has the name there.`] : []),
    ...(how === 'move' && copied.files > 0
      ? [`${plural(copied.files, 'file goes', 'files go')} to another volume: ${bytes(copied.bytes)} to copy${room}.`]
      : []),
    ...(how === 'copy' ? [`${bytes(copied.bytes)} to copy${room}.`] : []),
  ];
  return notes.flatMap((note) => wrap(note, width));
}
