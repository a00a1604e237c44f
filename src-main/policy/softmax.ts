/**
 * Softmax of logits divided by a temperature, in double precision; finite for any finite logits.
 *
 * @param temperature > 0
 */
export function softmax(logits: Float32Array, temperature: number): Float64Array {
  let largest = -Infinity;
  for (const z of logits) if (z > largest) largest = z;
  const powers = new Float64Array(logits.length);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += powers[i] = Math.exp((logits[i]! - largest) / temperature);
  for (let i = 0; i < powers.length; i++) powers[i]! /= sum;
  return powers;
}
