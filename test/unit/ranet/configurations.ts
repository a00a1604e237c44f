/** Random configurations, legal and not, the same on every run. */
import { hash, uniform } from './formula.ts';

export function randomConfigurations(count: number): Record<string, unknown>[] {
  const h = hash('configurations');
  let drawn = 0;
  const below = (n: number): number => Math.floor(((uniform(h, drawn++) + 1) / 2) * n);
  const from = (low: number, high: number): number => low + below(high - low + 1);
  const pick = <T>(values: readonly T[]): T => values[below(values.length)]!;

  return Array.from({ length: count }, () => {
    const scaleList = [pick([1, 1, 1, 2])];
    for (let s = pick([0, 1, 1, 2, 2, 3]); s > 0; s--) scaleList.push(scaleList.at(-1)! + pick([0, 0, 1, 1, 1]));
    const stem = pick(['cifar', 'imagenet']);
    // around the sides that give maps of 4 to 13 where each rise halves once: some just too small or large
    const halvings = new Set(scaleList).size - 1 + (stem === 'imagenet' ? 2 : 0);
    const inputSize = Math.max(1, (from(4, 13) << halvings) - below(1 << halvings));
    const perSubnet = (high: number): number[] => scaleList.map(() => from(1, high));
    return {
      stem,
      numClasses: from(2, 9),
      inputSize,
      nBlocks: pick([1, 1, 2, 2, 3, 4]),
      blockStep: pick([1, 1, 2, 3]),
      step: pick([1, 2, 2, 2, 3, 3]),
      stepMode: pick(['even', 'even', 'lg']),
      nChannels: from(3, 6),
      growthRate: from(3, 6),
      scaleList,
      grFactor: perSubnet(2),
      bnFactor: perSubnet(4),
      compressFactor: pick([0.2, 0.34, 0.5, 0.61]),
      reduction: pick([0.02, 0.3, 0.5, 0.77, 1]),
    };
  });
}
