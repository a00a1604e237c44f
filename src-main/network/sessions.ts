/**
 * Sessions of onnxruntime, one per stage, on the provider asked for or visibly on another.
 *
 * A provider that is not built in falls back to `cpu` without an error (onnxruntime-node 1.30), so it is looked up first; one that is
 * built in but lacks its libraries rejects when a session is made.
 */
import * as ort from './onnxruntime.ts';
import type { NetworkPlan, StagePlan } from './protocol.ts';

export interface LoadedStage {
  readonly plan: StagePlan;
  readonly session: ort.InferenceSession;
  readonly kept: readonly string[]; // outputs that a later stage of this network reads
}

export interface LoadedNetwork {
  readonly plan: NetworkPlan;
  readonly stages: readonly LoadedStage[];
}

export interface Loaded {
  readonly provider: string;
  readonly note: string | null; // why it is not the provider asked for
  readonly available: readonly string[];
  readonly networks: readonly LoadedNetwork[];
}

/**
 * Loads every stage of every network.
 *
 * @param provider `cpu`, `cuda`, `dml`, `coreml`, `webgpu` …, as onnxruntime names them
 * @param threads of one session; sessions do not share a pool
 */
export async function loadNetworks(networks: readonly NetworkPlan[], provider: string, threads: number): Promise<Loaded> {
  const available = ort.listSupportedBackends().map(({ name }) => name);
  const load = (name: string): Promise<LoadedNetwork[]> => Promise.all(networks.map((plan) => loadNetwork(plan, name, threads)));
  const onCpu = async (note: string): Promise<Loaded> => ({ provider: 'cpu', note, available, networks: await load('cpu') });

  if (provider === 'cpu') return { provider, note: null, available, networks: await load('cpu') };
  if (!available.includes(provider)) {
    return await onCpu(`${provider} is not built in on this system (there are ${available.join(', ')}), so the cpu is used`);
  }
  try {
    return { provider, note: null, available, networks: await load(provider) };
  } catch (error) {
    return await onCpu(`${provider} could not start (${reasonOf(error)}), so the cpu is used`);
  }
}

/** What onnxruntime says, without where in its sources and in which assertion. */
function reasonOf(error: unknown): string {
  const [line = ''] = error instanceof Error ? error.message.split('\n') : [];
  const told = line.replace(/^\/\S+\.(?:cc|cpp|h):\d+ .* was false\. /, '').replace(/\.$/, '');
  return told.length > 160 ? `${told.slice(0, 160)}…` : told || 'no reason given';
}

async function loadNetwork(plan: NetworkPlan, provider: string, threads: number): Promise<LoadedNetwork> {
  const stages: LoadedStage[] = [];
  for (const [i, stage] of plan.stages.entries()) {
    const session = await ort.InferenceSession.create(stage.model, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4, // native errors also come as exceptions; on stderr they would tear a progress bar
    });
    const readLater = new Set(plan.stages.slice(i + 1).flatMap(({ inputs }) => inputs));
    stages.push({ plan: stage, session, kept: session.outputNames.filter((name) => readLater.has(name)) });
  }
  return { plan, stages };
}
