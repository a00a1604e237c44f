/** `squint packs …`: what packs there are, what is in them, where they come from and how good they are. */
import { SquintError } from '../../../contract/errors.ts';
import { type DataRequest, type Evaluated, type Progress, calibrate, evaluate, logits } from '../../../engine/index.ts';
import { exportOnnx, importPack, joinPack, listPacks, loadPack, verifyPack } from '../../../packs/index.ts';
import { type Io, status } from '../io.ts';
import { evaluationLines } from '../present/evaluation.ts';
import { packLines, packTable } from '../present/pack.ts';

export async function listCommand(folder: string, io: Io): Promise<number> {
  const listed = await listPacks(folder);
  io.print(listed.length === 0 ? [`There is no pack in ${folder}.`] : packTable(listed, io.out));
  return status.done;
}

export async function infoCommand(folder: string, io: Io): Promise<number> {
  io.print(packLines(await loadPack(io.path(folder)), io.out));
  return status.done;
}

export async function verifyCommand(folder: string, io: Io): Promise<number> {
  const faults = await verifyPack(io.path(folder));
  io.print(
    faults.length === 0 ? ['The pack is sound: every file is the one it was, and its networks run.'] : faults.map(({ message }) => message),
  );
  return faults.length === 0 ? status.done : status.failed;
}

export async function importCommand(
  checkpoint: string,
  { config, labels, to }: { config?: string; labels?: string; to: string },
  io: Io,
): Promise<number> {
  const target = io.path(to);
  const path = (name: string | undefined): string | undefined => (name === undefined ? undefined : io.path(name));
  await importPack({ checkpoint: io.path(checkpoint), config: path(config), labels: path(labels), to: target });
  const pack = await loadPack(target);
  io.print([
    ...packLines(pack, io.out),
    '',
    `Made ${target}. ${pack.calibrated ? '' : `It runs under --preset full; for the others calibrate it: squint packs calibrate ${to} --data TABLE`}`,
  ]);
  return status.done;
}

export async function exportCommand(folder: string, { onnx }: { onnx: string }, io: Io): Promise<number> {
  await exportOnnx(io.path(folder), io.path(onnx));
  io.print([`Wrote one ONNX file per stage to ${io.path(onnx)}, with the NETWORK.json that packs join and packs import read.`]);
  return status.done;
}

export async function joinCommand(folder: string, options: { with: string; to: string }, io: Io): Promise<number> {
  const to = io.path(options.to);
  await joinPack({ pack: io.path(folder), network: io.path(options.with), to });
  io.print([
    ...packLines(await loadPack(to), io.out),
    '',
    `Made ${to}. Calibrate it next: squint packs calibrate ${options.to} --data TABLE`,
  ]);
  return status.done;
}

export interface DataOptions {
  readonly data: string;
  readonly split?: string;
  readonly half?: 'fit' | 'report' | 'all';
  readonly previews: boolean;
  readonly provider: string;
}

export async function calibrateCommand(folder: string, options: DataOptions, io: Io): Promise<number> {
  const measured = await watched(io, (progress, signal) => calibrate(requestOf(folder, options, io), progress, signal));
  io.print([...evaluationLines(measured, await loadPack(io.path(folder)), io.out), '', `Calibrated ${io.path(folder)}.`]);
  return status.done;
}

export async function evaluateCommand(folder: string, options: DataOptions & { json?: true }, io: Io): Promise<number> {
  const request = requestOf(folder, options, io);
  const measured = await watched(io, (progress, signal) => evaluate(request, progress, signal));
  io.print(options.json ? [JSON.stringify(measured)] : evaluationLines(measured, await loadPack(request.pack), io.out));
  return status.done;
}

const requestOf = (folder: string, options: DataOptions, io: Io): DataRequest => ({
  ...options,
  pack: io.path(folder),
  data: io.path(options.data),
});

async function watched(io: Io, job: (progress: Progress, signal: AbortSignal) => Promise<Evaluated>): Promise<Evaluated> {
  const progress = io.progress('photos');
  try {
    return await job((done, total) => progress.update(done, total), io.stopSignal());
  } finally {
    progress.end();
  }
}

export async function logitsCommand(folder: string, options: { input: string; unsplit: boolean; json?: true }, io: Io): Promise<number> {
  const photos = await logits({ pack: io.path(folder), input: io.path(options.input), unsplit: options.unsplit });
  if (photos.length === 0) throw new SquintError('no-input', 'The input holds no picture.');
  const lines = photos.flatMap((exits, photo) =>
    options.json
      ? [JSON.stringify({ photo, exits })]
      : exits.map(
          ({ exit, logits: values }) => `photo ${photo + 1} exit ${exit}: ${values.map((value) => value.toPrecision(7)).join(' ')}`,
        ),
  );
  io.print(lines);
  return status.done;
}
