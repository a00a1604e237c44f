import sharp from 'sharp';
import { expect, it } from 'vitest';
import { curveSvg, type CurvePoint } from '../../../../src-main/packs/calibration/index.ts';

const point = (network: number, accuracy: number): CurvePoint => ({
  accuracy,
  low: accuracy - 0.02,
  high: accuracy + 0.02,
  macs: 1e6,
  milliseconds: { network, read: 2 },
  rungs: { preview: 1, scaled: 0, full: 0 },
});
const points: CurvePoint[] = [
  point(2, 0.7),
  point(7, 0.855),
  { preset: 'saver', ...point(4, 0.8) },
  { preset: 'balanced', ...point(6, 0.85) },
  { preset: 'accurate', ...point(6, 0.85) },
  { preset: 'full', ...point(20, 0.86) },
];
const svg = curveSvg({ title: 'Cats & <dogs>', photos: '5 photos' }, points);

it('can be drawn', async () => {
  const { width, height } = await sharp(Buffer.from(svg)).metadata();
  expect([width, height]).toEqual([640, 440]);
});

it('says in words what it shows', () => {
  expect(svg).toContain('<title id="title">Cats &#38; &#60;dogs&#62;: accuracy against cost</title>');
  expect(svg).toContain(
    'on 5 photos. saver: 80.0 % at 6.0 ms; balanced: 85.0 % at 8.0 ms; accurate: 85.0 % at 8.0 ms; full: 86.0 % at 22.0 ms.</desc>',
  );
});

it('names presets that coincide in a row each', () => {
  const [balanced, accurate] = ['balanced', 'accurate'].map((name) => new RegExp(`<text x="([0-9.]+)" y="([0-9.]+)">${name}`).exec(svg)!);
  expect(balanced![1]).toBe(accurate![1]);
  expect(balanced![2]).not.toBe(accurate![2]);
});

it('draws a single point, as of a pack with one exit', () => {
  expect(curveSvg({ title: 'One', photos: '5 photos' }, [{ preset: 'full', ...point(3, 0.5) }])).not.toMatch(/NaN|Infinity/);
});
