/**
 * One classification of a selection: finds the photos, answers what the library knows, starts the children for the others, leads every photo
 * to its verdict, and adds it all up. This is the one place that joins what lies below.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Preset, RunEvent, Summary, Verdict } from '../contract/events.ts';
import { wattsOf } from '../energy/index.ts';
import { scan } from '../library/index.ts';
import { type Pack, loadPack, policyFor } from '../packs/index.ts';
import type { ReadFrom } from '../reader/index.ts';
import { cheapestRung, thresholdsByNetwork } from './demands.ts';
import { squintHome } from './home.ts';
import { Inference } from './inference.ts';
import { machineFigures, noFigures, processorName } from './machine.ts';
import { type Outcome, classifyPhoto } from './photo.ts';
import { runPhotos } from './pipeline.ts';
import { Reading } from './reading.ts';
import type { Recall, Recalled, Wanted } from './recall.ts';
import { runStateOf } from './run-state.ts';
import { startOf } from './start.ts';
import { Tally } from './tally.ts';
import { verdictOf } from './verdict.ts';

export interface ClassifyRequest {
  readonly inputs: readonly string[]; // paths of files and folders, or globs
  readonly from: string; // the folder that relative inputs start at
  readonly pack: string; // folder
  readonly preset: Preset;
  readonly provider: string;
  readonly read: 'auto' | ReadFrom;
  readonly catalog: boolean; // the library answers what it knows, and keeps what is found out
  readonly limit?: number; // photos at most
}

type Led =
  | { readonly kind: 'stored'; readonly verdict: Verdict }
  | { readonly kind: 'seen'; readonly outcome: Outcome; readonly recalled: Recalled | null };

/**
 * @param emit gets `start`, then one event per file, then `summary`
 * @param signal ends the run early but in order: what is known is told and summed up
 * @param cpuBefore of this process, when it began to work for this run; zero for a process that was started for it
 * @throws {SquintError} where there is nothing to run or nothing to run it with, or where the library cannot be used; no file is touched in
 *   any case
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
  const { provider, read } = request;
  const recall = request.catalog
    ? await openRecall({ pack, policy, preset: { kind: 'preset', preset: request.preset }, provider, read })
    : null;
  try {
    return await run(request, { pack, policy, recall, emit, signal, began, cpuBefore });
  } finally {
    recall?.close();
  }
}

/** @throws {SquintError} `library-held`, `library-damaged`, `library-newer`, `library-read-only` */
async function openRecall(wanted: Wanted): Promise<Recall> {
  // Other commands start without these.
  const [{ openCatalog }, { Recall }, { redecidingMarker }] = await Promise.all([
    import('../catalog/index.ts'),
    import('./recall.ts'),
    import('./service/redecide.ts'),
  ]);
  const home = squintHome();
  const catalog = openCatalog(join(home, 'library'), 'squint classify');
  return new Recall(catalog, wanted, () => writeFileSync(redecidingMarker(home), ''));
}

interface Running {
  readonly pack: Pack;
  readonly policy: Wanted['policy'];
  readonly recall: Recall | null;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  readonly began: number; // milliseconds, as performance.now()
  readonly cpuBefore: NodeJS.CpuUsage;
}

async function run(request: ClassifyRequest, { pack, policy, recall, emit, signal, began, cpuBefore }: Running): Promise<Summary> {
  const found = await Array.fromAsync(
    scan(request.inputs, { from: request.from, signal, ...(request.limit !== undefined && { limit: request.limit }) }),
  );
  const paths = found.flatMap((file) => (file.kind === 'photo' ? [file.path] : []));
  const watts = wattsOf(processorName());

  const children = (await recall?.answersAll(paths, signal)) ? null : startChildren(pack, request.provider);
  const stopTaking = (): void => children?.reading.stopTaking();
  try {
    const { provider, note } = children ? await children.inference.ready : { provider: request.provider, note: null };
    const start = startOf({ pack, policy, preset: request.preset, watts, provider, note, files: found.length });
    emit(start);
    const machine = children ? await machineFigures(squintHome(), { pack, provider, paths, ...children }) : noFigures(provider);
    const tally = new Tally(pack, watts, machine);
    const others = found.filter((file) => file.kind === 'other');
    for (const { path, code, message } of others) {
      tally.skipped += 1;
      emit({ type: 'skipped', path, code, message });
    }
    if (signal.aborted) stopTaking();
    signal.addEventListener('abort', stopTaking);
    const means = children && {
      pack,
      ...children,
      thresholds: thresholdsByNetwork(pack, policy.thresholds),
      from: request.read === 'auto' ? cheapestRung(pack, policy.thresholds) : request.read,
    };
    const lead = async (path: string): Promise<Led> => {
      const recalled = recall && (await recall.of(path));
      if (recalled?.verdict) return { kind: 'stored', verdict: recalled.verdict };
      const outcome = await classifyPhoto(path, means!); // without children all are answered
      const keeps = recalled && (outcome.kind === 'refused' || !outcome.course.damaged || (await recall.isStill(path, recalled)));
      return { kind: 'seen', outcome, recalled: keeps ? recalled : null };
    };
    const tell = (led: Led): void => {
      if (led.kind === 'stored') {
        tally.addStored(led.verdict);
        emit(led.verdict);
        return;
      }
      const { outcome, recalled } = led;
      if (outcome.kind === 'classified') {
        const verdict = verdictOf(outcome.course, { pack, policy, watts });
        tally.add(outcome.course, verdict);
        if (recalled) recall!.keep(recalled, outcome.course.reads[0]!, verdict);
        emit(verdict);
        return;
      }
      const { path, skipped, problem } = outcome;
      tally[skipped ? 'skipped' : 'failed'] += 1;
      const { code, message, hint } = problem;
      emit({ type: skipped ? 'skipped' : 'failed', path, code, message, ...(hint !== undefined && { hint }) });
    };
    await runPhotos(paths, lead, tell, signal);
    await Promise.all([children?.reading.close(), children?.inference.close(), machine.save()]);
    const { user, system } = process.cpuUsage(cpuBefore);
    const childrenMs = children ? children.reading.processCpuMs + children.inference.processCpuMs : 0;
    const overheadMs = childrenMs - tally.busy.read - tally.busy.network + (user + system) / 1000;
    const summary = tally.summary({
      how: signal.aborted ? 'stopped' : 'done',
      providerNote: !children || children.inference.note === note ? null : children.inference.note,
      files: found.length,
      seconds: (performance.now() - began) / 1000,
      overheadMs: Math.max(0, overheadMs), // CPU time of a child that died is not known
    });
    recall?.end((id) => runStateOf({ id, start, summary, others: others.length }));
    emit(summary);
    return summary;
  } finally {
    signal.removeEventListener('abort', stopTaking);
    await Promise.all([children?.reading.close(), children?.inference.close()]);
  }
}

interface Children {
  readonly reading: Reading;
  readonly inference: Inference;
}

const startChildren = (pack: Pack, provider: string): Children => ({
  reading: new Reading(),
  inference: new Inference({ networks: pack.networks, provider, want: { features: pack.featuresNeeded, logits: false } }),
});
