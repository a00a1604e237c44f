/**
 * Packs on the same labelled photos, one after the other in one run: how right each exit and each preset is, and at how many milliseconds.
 * As Markdown, for a card. Every pack is run in as many rounds as are asked for, and the least of its times is told, for other programs on
 * the computer only add to them.
 */
import { presets } from '../../src-main/contract/events.ts';
import { type Evaluated, evaluate } from '../../src-main/engine/index.ts';

const rounds = 2;

export async function run([data, split, ...packs]: readonly string[]): Promise<void> {
  if (data === undefined || split === undefined || packs.length === 0)
    throw new Error('compare TABLE SPLIT PACK …: which photos and packs?');
  const seen: (readonly [string, readonly Evaluated[]])[] = packs.map((pack) => [pack, []]);
  for (let round = 0; round < rounds; round++) {
    for (const [i, [pack, before]] of seen.entries()) {
      const request = { pack, data, split, previews: true, provider: 'cpu' };
      const evaluated = await evaluate(request, () => undefined, new AbortController().signal);
      seen[i] = [pack, [...before, evaluated]];
    }
  }
  console.log(`${seen[0]![1][0]!.on}\n`);
  const least = (runs: readonly Evaluated[], of: (run: Evaluated['evaluation']) => number): string =>
    Math.min(...runs.map(({ evaluation }) => of(evaluation))).toFixed(2);
  const percent = (share: number): string => (100 * share).toFixed(1);
  console.log('| Pack | Exit | Right, % | ms of network |\n| --- | --- | --- | --- |');
  for (const [pack, runs] of seen) {
    runs[0]!.evaluation.exits.forEach(({ exit, accuracy }, i) => {
      const ms = least(runs, ({ exits }) => exits[i]!.cost.milliseconds.network);
      console.log(`| ${pack} | ${exit} | ${percent(accuracy.share)} (${percent(accuracy.low)} … ${percent(accuracy.high)}) | ${ms} |`);
    });
  }
  console.log('\n| Pack | Preset | Right, % | ms: reading + network | Decoded, % |\n| --- | --- | --- | --- | --- |');
  for (const [pack, runs] of seen) {
    for (const preset of presets) {
      const { accuracy, cost } = runs[0]!.evaluation.presets[preset];
      const [read, network] = (['read', 'network'] as const).map((part) =>
        least(runs, (run) => run.presets[preset].cost.milliseconds[part]),
      );
      console.log(
        `| ${pack} | ${preset} | ${percent(accuracy.share)} | ${read} + ${network} | ${percent(cost.rungs.scaled + cost.rungs.full)} |`,
      );
    }
  }
}
