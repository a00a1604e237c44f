/**
 * When is an exit good enough? Pure functions over numbers: opinions from logits, the decision at each exit, and where the thresholds,
 * temperatures and presets that it needs come from. No files, no clock, no processes: the same numbers always give the same decision.
 */
export { budgetPoints, pointWithin, type BudgetPoint } from './budget.ts';
export { leaves, nobody, pileOf, thresholdAt, type Pile, type Policy } from './decide.ts';
export { withMargin } from './margin.ts';
export { collectionProbabilities, guessAt, type ClassMap, type Guess } from './opinion.ts';
export { exitOf, meanCost, outcomeOf, type ExitTable, type Outcome } from './outcome.ts';
export { frontier, fullThresholds, solvePresets, type Presets } from './presets.ts';
export { rightAmongSorted, smallestThreshold } from './review.ts';
export type { Solved } from './search.ts';
export { fitTemperature } from './temperature.ts';
