/**
 * The arithmetic of calibration and evaluation: from labelled photos with the logits of every exit to what a pack decides by, and to
 * figures that say how right it is and what that costs. Pure: the engine's jobs run the photos, packs write the files.
 */
export { calibrate, solve, type Calibrated } from './calibrate.ts';
export type { Cost, Costs } from './cost.ts';
export type { CurvePoint } from './curve.ts';
export { curveSvg } from './curveSvg.ts';
export { evaluate, commonestConfusions, type Decisions, type Evaluation, type PolicyFigures } from './evaluate.ts';
export { figuresOf, isDrawing, type Figures } from './figures.ts';
export { exitTableOf, type Judged, type JudgedInFull, type Observation } from './observation.ts';
export { type Proportion, proportion } from './proportion.ts';
export { readTable, writeTable } from './table.ts';
