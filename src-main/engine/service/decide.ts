/** The policy in force, and what it makes of what is known. */
import type { Verdict } from '../../contract/events.ts';
import type { Choice } from '../../contract/library.ts';
import type { Policy } from '../../policy/index.ts';
import type { ReadFrom } from '../../reader/index.ts';
import { cheapestRung, thresholdsByNetwork } from '../demands.ts';
import { type Again, decideAgain } from '../verdict.ts';
import { type Choices, policyOf } from './choice.ts';

/** A verdict as the catalogue keeps it. */
export type Kept = Verdict & { readonly closer?: true }; // looked at closer by the person's wish: decided at its last exit under every policy

export interface InForce {
  readonly choice: Choice;
  readonly policy: Policy;
  readonly thresholds: readonly (readonly number[])[]; // per network; the same arrays for every photo, so that they share batches
  readonly from: ReadFrom;
}

/** @throws {SquintError} as policyOf */
export function inForce(choices: Choices, choice: Choice): InForce {
  const policy = policyOf(choices, choice);
  const { pack } = choices;
  return { choice, policy, thresholds: thresholdsByNetwork(pack, policy.thresholds), from: cheapestRung(pack, policy.thresholds) };
}

export const decide = (verdict: Kept, { pack }: Choices, { policy }: Pick<InForce, 'policy'>): Again =>
  decideAgain(verdict, { pack, policy, toLast: verdict.closer === true });

/** As the contract has it. */
export function bare(kept: Kept): Verdict {
  const verdict = { ...kept };
  delete verdict.closer;
  return verdict;
}
