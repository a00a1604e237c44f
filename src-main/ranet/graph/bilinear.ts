/**
 * Bilinear resizing as matrices. A map x of side M becomes L·(x·R) of side N with constant L [N, M] and R = Lᵀ: never slower than Resize in
 * onnxruntime, and the same on every provider.
 */

/**
 * L [to, from], row by row, with corners aligned: row i samples the position i·(from - 1) / (to - 1), or 0 where `to` is 1. Enlarging and
 * shrinking alike, without smoothing.
 */
export function rowsMatrix(from: number, to: number): Float32Array {
  const matrix = new Float32Array(to * from);
  const steps = Math.max(to - 1, 1);
  for (let i = 0; i < to; i++) {
    const position = i * (from - 1); // in units of 1 / steps, so that whole positions are met exactly
    const below = Math.floor(position / steps);
    const share = (position % steps) / steps;
    matrix[i * from + below] = 1 - share;
    if (share > 0) matrix[i * from + below + 1] = share;
  }
  return matrix;
}

/** R [from, to], row by row: the transposed of `rowsMatrix`. */
export function columnsMatrix(from: number, to: number): Float32Array {
  const rows = rowsMatrix(from, to);
  return Float32Array.from({ length: from * to }, (_, i) => rows[(i % to) * from + Math.floor(i / to)]!);
}
