/** A network's tensors under the authors' names, without `module.` and without `num_batches_tracked`, which has no effect in evaluation. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array; // row-major, contiguous
}

export type Weights = ReadonlyMap<string, Tensor>;
