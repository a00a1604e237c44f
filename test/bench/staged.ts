/** Staged against unsplit: the same pictures through one graph per stage with nobody leaving early, and through the one graph with all exits. */
import { randomFillSync } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { NetworkPlan } from '../../src-main/network/index.ts';
import { loadNetworks } from '../../src-main/network/sessions.ts';
import { runStaged } from '../../src-main/network/staged.ts';
import { loadPack, unsplitPlan } from '../../src-main/packs/index.ts';
import { nobody } from '../../src-main/policy/index.ts';

const shipped = fileURLToPath(new URL('../../models/photos', import.meta.url));
const rounds = 60;

export async function run([folder = shipped]: readonly string[]): Promise<void> {
  const pack = await loadPack(folder);
  const plans: readonly NetworkPlan[] = [pack.networks[0]!, await unsplitPlan(pack)];
  const [staged, unsplit] = (await loadNetworks(plans, 'cpu', 1)).networks as [
    Parameters<typeof runStaged>[0],
    Parameters<typeof runStaged>[0],
  ];
  const { side } = plans[0]!;
  const exits = plans[0]!.stages.length;
  console.log('photos in a batch   staged ms   unsplit ms   staged / unsplit   (medians of alternating runs, per photo)');
  for (const photos of [1, 4, 16]) {
    const pictures = randomFillSync(new Uint8Array(photos * side * side * 3));
    const ms = { staged: [] as number[], unsplit: [] as number[] };
    for (let i = 0; i < rounds; i++) {
      for (const [kind, network] of [
        ['staged', staged],
        ['unsplit', unsplit],
      ] as const) {
        const began = performance.now();
        await runStaged(network, {
          network: 0,
          photos,
          pictures,
          features: {},
          thresholds: new Array<number>(exits).fill(nobody),
          want: { features: [], logits: false },
        });
        ms[kind].push((performance.now() - began) / photos);
      }
    }
    const [a, b] = [median(ms.staged), median(ms.unsplit)];
    console.log(`${String(photos).padStart(17)}${a.toFixed(3).padStart(12)}${b.toFixed(3).padStart(13)}${(a / b).toFixed(3).padStart(19)}`);
  }
}

const median = (values: readonly number[]): number => values.toSorted((x, y) => x - y)[values.length >> 1]!;
