/**
 * One classification of a selection: finds the photos, starts the children, leads every photo to its verdict, and adds it all up.
 * This is the one place that joins what lies below.
 */
import type { Preset, RunEvent, Summary } from '../contract/events.ts';
import { wattsOf } from '../energy/index.ts';
import { scan } from '../library/index.ts';
import { loadPack, policyFor } from '../packs/index.ts';
import type { ReadFrom } from '../reader/index.ts';
import { cheapestRung, thresholdsByNetwork } from './demands.ts';
import { squintHome } from './home.ts';
import { Inference } from './inference.ts';
import { machineFigures, processorName } from './machine.ts';
import { classifyPhoto } from './photo.ts';
import { runPhotos } from './pipeline.ts';
import { Reading } from './reading.ts';
import { Tally } from './tally.ts';
import { verdictOf } from './verdict.ts';

export interface ClassifyRequest {
  readonly inputs: readonly string[]; // paths of files and folders, or globs
  readonly from: string; // the folder that relative inputs start at
  readonly pack: string; // folder
  readonly preset: Preset;
  readonly provider: string;
  readonly read: 'auto' | ReadFrom;
  readonly limit?: number; // photos at most
}

/**
 * @param emit gets `start`, then one event per file, then `summary`
 * @param signal ends the run early but in order: what is known is told and summed up
 * @param cpuBefore of this process, when it began to work for this run; zero for a process that was started for it
 * @throws {SquintError} where there is nothing to run or nothing to run it with; no file is touched in any case
 */
export async function classify(
  request: ClassifyRequest,
  emit: (event: RunEvent) => void,
  signal: AbortSignal,
  cpuBefore = process.cpuUsage(),
): Promise<Summary> {
  const began = performance.now();
  const pack = await loadPack(request.pack);
  const policy = policyFor(pack, request.preset);
  const found = await Array.fromAsync(
    scan(request.inputs, { from: request.from, signal, ...(request.limit !== undefined && { limit: request.limit }) }),
  );
  const paths = found.flatMap((file) => (file.kind === 'photo' ? [file.path] : []));
  const watts = wattsOf(processorName());

  const reading = new Reading();
  const inference = new Inference({
    networks: pack.networks,
    provider: request.provider,
    want: { features: pack.featuresNeeded, logits: false },
  });
  const stopTaking = (): void => reading.stopTaking();
  try {
    const { provider, note } = await inference.ready;
    const { name, title, version, collections, groups } = pack.manifest;
    emit({
      type: 'start',
      pack: { name, title, version, digest: pack.digest, calibrated: pack.calibrated },
      collections: collections.map((collection) => ({ key: collection.key, title: collection.title, group: collection.group ?? null })),
      groups: groups ?? [],
      exits: pack.networks.flatMap(({ stages, side }, i) =>
        stages.flatMap(({ exits }) => exits.map(({ exit }) => ({ network: i + 1, side, macs: pack.macs[exit - 1]! }))),
      ),
      preset: request.preset,
      thresholds: [...policy.thresholds],
      provider,
      ...(note !== null && { providerNote: note }),
      watts,
      files: found.length,
    });
    const machine = await machineFigures(squintHome(), { pack, provider, reading, inference, paths });
    const tally = new Tally(pack, watts, machine);
    for (const file of found) {
      if (file.kind === 'photo') continue;
      tally.skipped += 1;
      emit({ type: 'skipped', path: file.path, code: file.code, message: file.message });
    }
    if (signal.aborted) stopTaking();
    signal.addEventListener('abort', stopTaking);
    const means = {
      pack,
      reading,
      inference,
      thresholds: thresholdsByNetwork(pack, policy.thresholds),
      from: request.read === 'auto' ? cheapestRung(pack, policy.thresholds) : request.read,
    };
    await runPhotos(
      paths,
      (path) => classifyPhoto(path, means),
      (outcome) => {
        if (outcome.kind === 'classified') {
          const verdict = verdictOf(outcome.course, { pack, policy, watts });
          tally.add(outcome.course, verdict);
          emit(verdict);
          return;
        }
        const { path, skipped, problem } = outcome;
        tally[skipped ? 'skipped' : 'failed'] += 1;
        const { code, message, hint } = problem;
        emit({ type: skipped ? 'skipped' : 'failed', path, code, message, ...(hint !== undefined && { hint }) });
      },
      signal,
    );
    await Promise.all([reading.close(), inference.close(), machine.save()]);
    const { user, system } = process.cpuUsage(cpuBefore);
    const overheadMs = reading.processCpuMs + inference.processCpuMs - tally.busy.read - tally.busy.network + (user + system) / 1000;
    const summary = tally.summary({
      how: signal.aborted ? 'stopped' : 'done',
      providerNote: inference.note === note ? null : inference.note,
      files: found.length,
      seconds: (performance.now() - began) / 1000,
      overheadMs: Math.max(0, overheadMs), // CPU time of a child that died is not known
    });
    emit(summary);
    return summary;
  } finally {
    signal.removeEventListener('abort', stopTaking);
    await Promise.all([reading.close(), inference.close()]);
  }
}
