import { describe, expect, it } from 'vitest';
import { formulaPicture, formulaTensor, hash, uniform } from './formula.ts';

describe('the formula of the golden files', () => {
  it.each([
    ['FirstLayer.layers.0.net.0.weight', 0xdd5655bb, [-0.6536447172984481, -0.6794267850928009, -0.8206045981496572]],
    ['scale_flows.0.0.layers.0.conv_normal.net.1.running_var', 0x629ffcf2, [0.47516257176175714, 0.4913197890855372, 0.9080536710098386]],
    ['classifier.0.linear.bias', 0x74c66598, [0.7874137023463845, 0.5962563971988857, 0.9041817933320999]],
  ])('hashes %s', (name, h, first) => {
    expect(hash(name)).toBe(h);
    expect([0, 1, 2].map((i) => uniform(h, i))).toEqual(first);
  });

  it.each([
    ['FirstLayer.layers.0.net.0.weight', [16, 3, 3, 3], -0.30813106894493103, 0.005983159877359867, -0.3108326506917365],
    ['FirstLayer.layers.0.net.1.weight', [16], 0.9635120034217834, 1.2991759777069092, 15.214625775814056],
    ['FirstLayer.layers.0.net.1.running_mean', [16], 0.05170750990509987, 0.03720233216881752, 0.16631551273167133],
    ['classifier.0.linear.weight', [10, 128], 0.14879412949085236, 0.1226012110710144, -5.6081663837831],
  ])('fills %s', (name, shape, first, last, sum) => {
    const { data } = formulaTensor(name, shape);
    expect([data[0], data.at(-1)]).toEqual([first, last]);
    expect(data.reduce((a, b) => a + b, 0)).toBeCloseTo(sum, 10);
  });

  it('paints a picture', () => {
    const picture = formulaPicture(32);
    expect([...picture.subarray(0, 3)]).toEqual([0.9326026439666748, 1.487244725227356, 0.03052225150167942]);
    expect(picture.at(-1)).toBe(-0.8523171544075012);
    expect(picture.reduce((a, b) => a + b, 0)).toBeCloseTo(8.96403627935797, 8);
  });
});
