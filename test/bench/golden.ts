/** Prints how far the graphs are from the authors' code, per golden file, unsplit and stage by stage. */
import table from 'cli-table3';
import { formulaPicture, formulaWeights } from '../unit/ranet/formula.ts';
import { type Answer, runStaged, runUnsplit } from '../unit/ranet/forward.ts';
import { differences, goldens } from '../unit/ranet/golden.ts';

export async function run(): Promise<void> {
  const rows = new table({ head: ['golden file', 'exits', 'unsplit', 'staged', 's'], style: { head: [], border: [] } });
  for (const golden of goldens) {
    const began = performance.now();
    const weights = formulaWeights(golden.config);
    const picture = formulaPicture(golden.config.inputSize);
    const worst = (answers: readonly Answer[]): string => Math.max(...differences(golden, answers)).toExponential(1);
    const unsplit = worst(await runUnsplit(golden.config, weights, picture));
    const staged = worst(await runStaged(golden.config, weights, picture));
    rows.push([golden.name, golden.exits.length, unsplit, staged, ((performance.now() - began) / 1000).toFixed(1)]);
  }
  console.log('Largest difference of a logit, as a share of the largest logit of its exit (1e-4 is allowed):');
  console.log(rows.toString());
}
