import { describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { commonestConfusions, evaluate, figuresOf, isDrawing, type Decisions } from '../../../../src-main/packs/calibration/index.ts';
import { nobody } from '../../../../src-main/policy/index.ts';
import { classesAt, costs, observation } from './made.ts';

const sure = [0.9, 0.05, 0.05];
const dog = [0.05, 0.9, 0.05];
const unsure = [0.4, 0.35, 0.25];
const animal = [0.45, 0.45, 0.1];

/** Leaves early and right; early and wrong; late and right; to the group's pile, though its collection is wrong; to Review, and wrong. */
const photos = [
  observation('a', 'cats', [sure, sure, sure], 'x'),
  observation('b', 'dogs', [sure, sure, dog], 'y'),
  observation('c', 'cats', [unsure, unsure, sure], 'x'),
  observation('d', 'dogs', [unsure, unsure, animal], 'y'),
  observation('e', 'rocks', [unsure, unsure, unsure]),
];
const decisions: Decisions = {
  temperatures: [1, 1, 1],
  presets: { saver: [0.8, 0.8], balanced: [nobody, 0.8], accurate: [nobody, nobody], full: [nobody, nobody] },
  review: 0.6,
  groupReview: 0.85,
};
const evaluation = evaluate(photos, classesAt, decisions, costs);
const close = (value: number): number => expect.closeTo(value, 10) as number;

describe('an evaluation', () => {
  it('tells accuracy per exit with its interval', () => {
    expect(evaluation.photos).toBe(5);
    expect(evaluation.exits.map(({ exit, accuracy }) => [exit, accuracy.share, accuracy.of])).toEqual([[1, 0.4, 5], [2, 0.4, 5], [3, 0.6, 5]]); // prettier-ignore
    expect(evaluation.exits[0]!.accuracy.low).toBeCloseTo(0.1176, 4);
  });

  it('tells where photos leave under a preset, and the means of what that costs', () => {
    const { exits, cost, accuracy } = evaluation.presets.saver;
    expect(exits).toEqual([0.4, 0, 0.6]);
    expect(accuracy.share).toBe(0.4); // b left wrong
    expect(cost).toEqual({
      macs: close(5.8e6),
      milliseconds: { network: close(4), read: close(17) },
      joules: { typical: close(0.21), low: close(0.105), high: close(0.42) },
      rungs: { preview: 1, scaled: 0.6, full: 0 },
    });
  });

  it('costs full as one read at scaled', () => {
    expect(evaluation.presets.full).toMatchObject({ exits: [0, 0, 1], cost: costs.full });
    expect(evaluation.presets.accurate.cost).toEqual(costs.exits[2]);
  });

  it('tells what is sorted, grouped and for Review, and how much of it is right', () => {
    const { sorted, grouped, review } = evaluation.presets.saver;
    expect(sorted).toMatchObject({ share: { share: 0.6 }, right: { share: close(2 / 3), of: 3 } });
    expect(grouped).toMatchObject({ share: { share: 0.2 }, right: { share: 1, of: 1 } });
    expect(review.share).toBe(0.2);
  });

  it('counts a photo as sorted that left early with less than the review threshold, as a budget may ask', () => {
    const forced = { ...decisions, presets: { ...decisions.presets, saver: [0.3, 0.3] } };
    expect(evaluate(photos, classesAt, forced, costs).presets.saver.sorted.share.share).toBe(1);
  });

  it('has no groups’ pile in a pack without groups', () => {
    const without = classesAt.map((classes) => ({ ...classes, groups: [], groupOf: [-1, -1, -1] }));
    const { grouped, review } = evaluate(photos, without, { ...decisions, groupReview: null }, costs).presets.saver;
    expect(grouped).toMatchObject({ share: { share: 0 }, right: null });
    expect(review.share).toBe(0.4);
  });

  it('tells per collection the commonest mistake', () => {
    expect(evaluation.collections).toMatchObject([
      { collection: 'cats', accuracy: { share: 1, of: 2 }, mistake: null },
      { collection: 'dogs', accuracy: { share: 0.5, of: 2 }, mistake: { collection: 'cats', photos: 1 } },
      { collection: 'rocks', accuracy: { share: 0, of: 1 }, mistake: { collection: 'cats', photos: 1 } },
    ]);
  });

  it('counts what is taken for what at the last exit, and tells the commonest first', () => {
    expect(evaluation.confusion).toEqual([[2, 0, 0], [1, 1, 0], [1, 0, 0]]); // prettier-ignore
    const more = { ...evaluation, confusion: [[2, 0, 3], [1, 1, 0], [1, 0, 0]] }; // prettier-ignore
    expect(commonestConfusions(more, 2)).toEqual([
      { truth: 0, opinion: 2, photos: 3 },
      { truth: 1, opinion: 0, photos: 1 },
    ]);
  });

  it('tells what a photo costs that leaves at an exit', () => {
    expect(evaluation.exits.map(({ cost }) => cost.milliseconds.network)).toEqual([1, 2, 6]);
  });

  it('tells accuracy per source where the data names one', () => {
    expect(evaluation.sources).toMatchObject([
      { source: 'x', accuracy: { saver: { share: 1, of: 2 }, full: { share: 1 } } },
      { source: 'y', accuracy: { saver: { share: 0 }, full: { share: 0.5, of: 2 } } },
    ]);
  });

  it('uses the temperatures of the pack', () => {
    const flat = evaluate(photos, classesAt, { ...decisions, temperatures: [8, 8, 8] }, costs);
    expect(flat.presets.saver.exits).toEqual([0, 0, 1]);
    expect(flat.presets.saver.sorted.share.share).toBe(0);
  });

  it('refuses to be done on nothing', () => {
    expect(() => evaluate([], classesAt, decisions, costs)).toThrow(
      'A pack is evaluated on labelled photos; not one of them could be read.',
    );
  });
});

describe('its text with drawings', () => {
  const titles = [{ key: 'cats', title: 'Cats' }, { key: 'dogs', title: 'Dogs | hounds' }, { key: 'rocks', title: 'Rocks' }]; // prettier-ignore
  const { text, drawings } = figuresOf('made.tsv, val', evaluation, titles);

  it('names the photos it was measured on', () => expect(text).toMatch(/^## On made\.tsv, val \(5 photos\)\n/));

  it('has a line per exit, preset, collection and source', () => {
    expect(text).toContain('| 1 | 40.0 (11.8 … 76.9) | 1.0 M | 1.00 |');
    expect(text).toContain(
      '| saver | 40.0 (11.8 … 76.9) | 5.8 M | 17.0 + 4.0 | 0.21 (0.11 … 0.42) | 60.0 %, 66.7 % | 20.0 %, 100.0 % | 20.0 % | 60.0 % |',
    );
    expect(text).toContain('| Dogs \\| hounds | 2 | 50.0 (9.5 … 90.5) | Cats (1) |');
    expect(text).toContain('| y | 2 | 50.0 (9.5 … 90.5) | 0.0 % |');
  });

  it('has the commonest confusions', () => expect(text).toContain('| Dogs \\| hounds | Cats | 1 |'));

  it('names its drawings, which can be drawn and say what they show', async () => {
    expect([...drawings.keys()]).toEqual(['reliability-made-tsv-val.svg', 'confusion-made-tsv-val.svg']);
    for (const [name, svg] of drawings) {
      expect(text).toContain(`](${name})`);
      expect(isDrawing(name)).toBe(true);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect((await sharp(Buffer.from(svg)).metadata()).width).toBeGreaterThan(200);
    }
    const [reliability, confusion] = [...drawings.values()];
    expect(reliability).toContain('exit 3: error ');
    expect(confusion).toContain('3 of 5 photos lie on the diagonal.');
  });

  it('leaves out the confusions where there are none', () => {
    const right = { ...evaluation, confusion: [[2, 0, 0], [0, 2, 0], [0, 0, 1]] }; // prettier-ignore
    expect(figuresOf('x', right, titles).text).not.toContain('confusions');
  });
});
