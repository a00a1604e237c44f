/** `squint packs calibrate` and `squint packs evaluate`: a pack on labelled photos. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  type CalibrationRequest,
  type DataRequest,
  type Evaluated,
  type Progress,
  calibrate,
  evaluate,
  noteInCard,
} from '../../../../engine/index.ts';
import { loadPack } from '../../../../packs/index.ts';
import { type Io, status } from '../../io.ts';
import { evaluationLines } from '../../present/evaluation.ts';
import { type Host, examples, packFolder, provider } from '../host.ts';

type Options = Omit<DataRequest, 'pack'>;

export function addCalibrate(group: Command, { io, finish }: Host): void {
  const command = withData(group.command('calibrate'), 'fit')
    .description('Fit temperatures, presets and the review threshold of a pack on labelled photos, and write them into it.')
    .option('--margins <list>', 'raise thresholds for photos of other sources: log-odds, one number per network', marginsOf)
    .action(async (folder: string, { margins, ...options }: Options & Pick<CalibrationRequest, 'margins'>) => {
      const request = { ...requestOf(folder, options, io), ...(margins && { margins }) };
      const measured = await watched(io, (progress, signal) => calibrate(request, progress, signal));
      io.print([...evaluationLines(measured, await loadPack(request.pack), io.out), '', `Calibrated ${request.pack}.`]);
      finish(status.done);
    });
  examples(command, 'squint packs calibrate my-pack --data photos/INDEX.tsv --split val');
}

export function addEvaluate(group: Command, { io, finish }: Host): void {
  const command = withData(group.command('evaluate'), 'report of val, all of other splits')
    .description('Tell how right a calibrated pack is on labelled photos, and what that costs.')
    .option('--card [about]', 'put the figures into the card of the pack, and at its beginning this Markdown file')
    .option('--json', 'one JSON object')
    .action(async (folder: string, { json, card, ...options }: Options & { json?: true; card?: true | string }) => {
      const request = requestOf(folder, options, io);
      const measured = await watched(io, (progress, signal) => evaluate(request, progress, signal));
      if (card !== undefined) await noteInCard(request.pack, measured, card === true ? undefined : io.path(card));
      io.print(json ? [JSON.stringify(measured)] : evaluationLines(measured, await loadPack(request.pack), io.out));
      finish(status.done);
    });
  examples(command, 'squint packs evaluate models/photos --data photos/LARGE.tsv --split unseen --previews');
}

const withData = (command: Command, half: string): Command =>
  command
    .addArgument(packFolder())
    .requiredOption('--data <table>', 'labelled photos: a table with its archives beside it, or a folder with one folder per collection')
    .option('--split <name>', 'a split of the table')
    .addOption(new Option('--half <half>', `which photos, by the SHA-256 of their ids; else ${half}`).choices(['fit', 'report', 'all']))
    .option('--previews', 'give each photo an embedded preview first, as cameras do', false)
    .addOption(provider());

const requestOf = (folder: string, options: Options, io: Io): DataRequest => ({
  ...options,
  pack: io.path(folder),
  data: io.path(options.data),
});

function marginsOf(list: string): number[] {
  const margins = list.split(',').map((text) => (text.trim() === '' ? NaN : Number(text)));
  if (margins.every((margin) => margin >= 0 && margin < 20)) return margins;
  throw new InvalidArgumentError('Expected numbers from 0 on with commas between, as 1.6,0.8,0.8.');
}

async function watched(io: Io, job: (progress: Progress, signal: AbortSignal) => Promise<Evaluated>): Promise<Evaluated> {
  const progress = io.progress('photos');
  try {
    return await job((done, total) => progress.update(done, total), io.stopSignal());
  } finally {
    progress.end();
  }
}
