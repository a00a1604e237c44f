import { describe, expect, it } from 'vitest';
import type { PackInfo } from '../../../../src-main/contract/library.ts';
import { cost, stopOf, stopsOf } from '../../../../src-renderer/lib/stops.ts';
import { pack } from '../../../fake/bridge.ts';

describe('the stops of the power dialog', () => {
  it('stand from cheapest to dearest, with every preset among them', () => {
    const stops = stopsOf(pack);
    const costs = stops.map(({ point }) => cost(point));
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
    expect(stops.flatMap(({ presets }) => presets)).toEqual(['saver', 'balanced', 'accurate', 'full']);
    expect(stops.at(-1)?.presets).toEqual(['full']);
  });

  it('are shared by presets that coincide', () => {
    const { saver } = pack.presets;
    const flat: PackInfo = { ...pack, presets: { saver: saver!, balanced: saver!, accurate: saver!, full: pack.presets.full! } };
    expect(stopsOf(flat).find(({ presets }) => presets.length > 0)?.presets).toEqual(['saver', 'balanced', 'accurate']);
    expect(stopOf(stopsOf(flat), { kind: 'preset', preset: 'accurate' }, flat)).toBe(
      stopOf(stopsOf(flat), { kind: 'preset', preset: 'saver' }, flat),
    );
  });

  it('name a point of the curve that is a preset as the preset', () => {
    const last = pack.curve.length - 1;
    const stops = stopsOf(pack);
    expect(pack.curve[last]).toEqual(pack.presets.full);
    expect(stops[stopOf(stops, { kind: 'point', point: last }, pack)]?.choice).toEqual({ kind: 'preset', preset: 'full' });
  });

  it('are none where the pack was not calibrated', () => {
    expect(stopsOf({ ...pack, curve: [], presets: {} })).toEqual([]);
  });
});
