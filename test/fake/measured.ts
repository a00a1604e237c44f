/** What measure.ts tells; apart from it, for programs that are no page. */
export interface Measured {
  readonly frames: number;
  readonly late: number;
  readonly longest: number; // ms between two frames
  readonly longTasks: readonly number[]; // ms each
}
