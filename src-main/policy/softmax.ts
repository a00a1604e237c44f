/**
 * Softmax of logits divided by a temperature, in double precision; finite for any finite logits.
 *
 * @param temperature > 0
 */
export function softmax(logits: Float32Array, temperature: number): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = Float64Array.from(logits, (z) => Math.exp((z - largest) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}
