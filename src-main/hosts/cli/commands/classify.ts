/** `squint classify`: the product's main job. */
import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type Command, Option } from 'commander';
import { SquintError } from '../../../contract/errors.ts';
import { type Preset, type RunEvent, type Summary, presets } from '../../../contract/events.ts';
import { type ClassifyRequest, type CsvFile, classify, createCsv } from '../../../engine/index.ts';
import { type Io, status } from '../io.ts';
import { shippedPack } from '../places.ts';
import { RunRecord, isOfPhoto } from '../present/record.ts';
import { beginning, ending, looking } from '../present/run.ts';
import { type Host, examples, positive, provider } from './host.ts';

interface Options {
  readonly pack: string;
  readonly preset: Preset;
  readonly provider: string;
  readonly read: ClassifyRequest['read'];
  readonly catalog: boolean;
  readonly limit?: number;
  readonly json?: true;
  readonly csv?: string;
}

export function addClassify(squint: Command, { io, finish }: Host): void {
  const command = squint
    .command('classify')
    .description('Tell what is in photos. No file is changed. The library answers for photos that were sorted before.')
    .argument('<input...>', 'folders, files, patterns, or - for paths on standard input')
    .addOption(new Option('--preset <name>', 'how much accuracy may give way to saving').choices(presets).default('balanced'))
    .addOption(new Option('--pack <folder>', 'the pack to use').default(shippedPack, 'the one that ships'))
    .addOption(provider())
    .addOption(
      new Option('--read <rung>', 'where reading starts; auto leaves it to the preset')
        .choices(['auto', 'preview', 'scaled', 'full'])
        .default('auto'),
    )
    .option('--no-catalog', 'leave the library alone: it answers nothing, and nothing is kept in it')
    .option('--limit <n>', 'photos at most', positive)
    .option('--json', 'one JSON object a line on standard output')
    .option('--csv <file>', 'also write one line per photo to a new file')
    .action(async (inputs: string[], options: Options) => finish(await run(inputs, options, io)));
  examples(command, 'squint classify ~/Pictures --preset saver', 'find . -newer last-import -name "*.jpg" | squint classify - --json');
}

async function run(inputs: readonly string[], options: Options, io: Io): Promise<number> {
  const { pack, json, csv: csvPath, ...request } = options;
  const signal = io.stopSignal();
  const csv = csvPath === undefined ? null : await createCsv(io.path(csvPath), 'Give another name to --csv.', 'stored');
  const record = new RunRecord();
  try {
    const named = inputs.includes('-') ? [...inputs.filter((input) => input !== '-'), ...(await pathsOnStdin(signal))] : inputs;
    const summary = await watchedRun({ ...request, inputs: named, from: io.from, pack: io.path(pack) }, json === true, csv, record, io);
    if (summary.how === 'stopped') return status.interrupted;
    return record.unsorted > 0 ? status.notAllSorted : status.done;
  } finally {
    await (record.start ? csv?.close() : csv?.discard());
  }
}

/** Events go to the CSV and, as JSON or added up, to stdout; beginning and progress to stderr, unless both are the same screen. */
async function watchedRun(request: ClassifyRequest, json: boolean, csv: CsvFile | null, record: RunRecord, io: Io): Promise<Summary> {
  const progress = json && io.out.watched ? null : io.progress('photos');
  if (progress) io.tell(looking(request.inputs, io.err));
  try {
    return await classify(
      request,
      (event: RunEvent) => {
        record.take(event);
        if (json) io.print([JSON.stringify(event)]);
        if (event.type === 'start') io.tell(beginning(event, io.err));
        if (csv && record.start && isOfPhoto(event)) csv.write(event, record.start);
        if (event.type !== 'summary') {
          progress?.update(record.done, record.photos);
          return;
        }
        progress?.end();
        if (!json) io.print(ending(record, io.from, io.out));
      },
      io.stopSignal(),
      { user: 0, system: 0 },
    );
  } finally {
    progress?.end();
  }
}

/** One path a line, or separated by NUL, as `find -print0` writes them. */
async function pathsOnStdin(signal: AbortSignal): Promise<string[]> {
  const input = await text(addAbortSignal(signal, process.stdin)).catch((error: unknown) => {
    if (signal.aborted) throw new SquintError('stopped', 'Stopped before the paths were read.', { cause: error });
    throw error;
  });
  const paths = input.split(input.includes('\0') ? '\0' : /\r?\n/).filter((path) => path !== '');
  if (paths.length > 0) return paths;
  throw new SquintError('no-input', 'No path came on standard input.', {
    hint: 'Give one path a line, such as: find . -name "*.jpg" | squint classify -',
  });
}
