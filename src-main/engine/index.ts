/**
 * The engine: a plain Node program that joins what lies below. Runs and their pipeline, the jobs that measure packs, supervision of the two
 * children. A run in the order in which it happens: classify.ts, pipeline.ts, photo.ts (with reading.ts and inference.ts), verdict.ts,
 * tally.ts. service/ leads a window's photos through the same, with the library behind it. Hosts use what stands here.
 */
export { type ClassifyRequest, classify } from './classify.ts';
export { type CsvFile, createCsv } from './csv.ts';
export { type CalibrationRequest, type DataRequest, type Evaluated, calibrate, evaluate, noteInCard } from './evaluate.ts';
export { type ExitLogits, type LogitsRequest, logits } from './logits.ts';
export type { Progress } from './observe.ts';
export { squintHome } from './home.ts';
