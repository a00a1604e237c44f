/** `squint sort`: photos into folders by what is in them. Planned and shown first; nothing is moved without a word. */
import { type Command, Option } from 'commander';
import { SquintError } from '../../../contract/errors.ts';
import { type Preset, presets } from '../../../contract/events.ts';
import type { PlannedFile, SortPlan, SortRequest } from '../../../contract/operations.ts';
import { type Io, status } from '../io.ts';
import type { Library, OpenLibrary } from '../library.ts';
import { carried, confirmed, isProblem } from '../operation.ts';
import { plural } from '../present/numbers.ts';
import { planLines } from '../present/plan.ts';
import { ofNobody, photosIn, realFolder, sortedIn } from '../sorted-in.ts';
import { type Host, examples } from './host.ts';

interface Options {
  readonly to: string;
  readonly move?: true;
  readonly copy?: true;
  readonly pattern: string;
  readonly onCollision: SortRequest['collisions'];
  readonly includeReview?: true;
  readonly rejects?: true;
  readonly preset?: Preset;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: true;
}

const exampleFolders = 5;
const page = 1000; // files asked for at once

export function addSort(squint: Command, { io, finish }: Host, open: OpenLibrary): void {
  const command = squint
    .command('sort')
    .description('Sort photos into folders. The plan is shown first; what was done can be taken back with squint undo.')
    .argument('<folder>', 'the photos; the folder joins the library')
    .requiredOption('--to <folder>', 'where the folders are made')
    .option('--move', 'move the photos, with the files that belong to them')
    .option('--copy', 'copy them')
    .option('--pattern <folders>', 'folders below it, of {collection}, {year} and {month}', '{collection}')
    .addOption(
      new Option('--on-collision <how>', 'where another file has the name: add a number, or leave the photo where it is')
        .choices(['number', 'skip'])
        .default('number'),
    )
    .option('--include-review', 'photos in Review go too, into a folder of that name')
    .option('--rejects', 'rejects go too, into a folder of that name')
    .addOption(new Option('--preset <name>', "how much accuracy may give way to saving; stays the library's choice").choices(presets))
    .option('--dry-run', 'only show what would be done')
    .option('--yes', 'do it without asking')
    .option('--json', 'one JSON object a line on standard output')
    .action(async (folder: string, options: Options) => {
      const { move, copy, dryRun, yes } = options;
      if ((move === true) === (copy === true)) command.error('error: say one of --move and --copy');
      if (!dryRun && !yes && !io.canAsk) command.error('error: nobody can be asked here; say --yes to do it, or --dry-run to see the plan');
      const library = await open(io);
      try {
        finish(await sort(library, folder, options, io));
      } finally {
        await library.close();
      }
    });
  examples(
    command,
    'squint sort ~/Pictures/Camera --to ~/Pictures/Sorted --move --dry-run',
    'squint sort ~/Pictures/Camera --to /media/backup --copy --pattern "{collection}/{year}"',
  );
}

async function sort(library: Library, folder: string, options: Options, io: Io): Promise<number> {
  const signal = io.stopSignal();
  const how = options.move ? 'move' : 'copy';
  const path = await realFolder(io.path(folder));
  const target = await library.ask('targets.grant', { path: io.path(options.to) });
  const request: Omit<SortRequest, 'of'> = {
    ...{ how, target: target.id, pattern: options.pattern, collisions: options.onCollision },
    ...{ review: options.includeReview === true, rejects: options.rejects === true },
  };
  const empty = await library.ask('sort.plan', { of: ofNobody, ...request }); // what is wrong with target or pattern is said before an hour of work
  refuse(empty);
  if (options.preset) await library.ask('policy.choose', { choice: { kind: 'preset', preset: options.preset } });
  const of = await photosIn(path, await sortedIn(path, library, io), library);
  const plan = await library.ask('sort.plan', { of, ...request });
  if (options.json) {
    io.print([JSON.stringify({ type: 'plan', how, ...plan })]);
    for await (const file of filesOf(plan, library)) io.print([JSON.stringify({ type: 'file', ...file })]);
  } else io.print(planLines({ plan, how, examples: await examplesOf(plan, library) }, io.out));
  refuse(plan);
  if (options.dryRun) return status.done;
  if (plan.files === 0) return plan.staying.some(isProblem) ? status.notAllSorted : status.done;

  const question = `${how === 'move' ? 'Move' : 'Copy'} ${plural(plan.files, 'file')}?`;
  if (!options.yes && !(await confirmed(question, io))) return status.interrupted;
  if (signal.aborted) return status.interrupted;
  const operation = await library.ask('sort.begin', { plan: plan.id });
  return carried(operation, { library, io, json: options.json === true, staying: plan.staying });
}

/** @throws {SquintError} why it cannot be begun, unless there is only nothing to do */
function refuse({ problem }: SortPlan): void {
  if (!problem || problem.code === 'nothing-to-do') return;
  throw new SquintError(problem.code, problem.message, problem.hint === undefined ? {} : { hint: problem.hint });
}

async function* filesOf({ id, folders }: SortPlan, library: Library): AsyncGenerator<PlannedFile> {
  for (const { path } of folders) {
    for (let from = 0; ; from += page) {
      const files = await library.ask('sort.files', { plan: id, folder: path, from, limit: page });
      yield* files;
      if (files.length < page) break;
    }
  }
}

/** The first of the first few folders. */
async function examplesOf({ id, folders }: SortPlan, library: Library): Promise<PlannedFile[]> {
  const some = folders.slice(0, exampleFolders).map(({ path }) => library.ask('sort.files', { plan: id, folder: path, from: 0, limit: 1 }));
  return (await Promise.all(some)).flat();
}
