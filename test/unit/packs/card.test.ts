import { describe, expect, it } from 'vitest';
import { card, withFigures } from '../../../src-main/packs/card.ts';
import type { ManifestDraft } from '../../../src-main/packs/manifest.ts';

const draft: ManifestDraft = {
  format: 1,
  name: 'made',
  version: '1',
  title: 'Made',
  licence: 'none',
  source: 'by hand',
  collections: [{ key: 'dogs', title: 'Dogs' }],
  networks: [],
};
const section = (on: string, right: number): string => `## On ${on} (10 photos)\n\n| right |\n| --- |\n| ${right} |\n`;

describe("a card's figures", () => {
  it('stand behind those that are there, and in the place of those on the same photos', () => {
    const first = card(draft, '', withFigures(card(draft, '', ''), section('val, half report', 90)));
    const second = card(draft, '', withFigures(first, section('unseen', 80)));
    const third = card(draft, '', withFigures(second, section('val, half report', 91)));
    expect(third.match(/^## On .*$|^\| \d+ \|$/gm)).toEqual([
      '## On val, half report (10 photos)',
      '| 91 |',
      '## On unseen (10 photos)',
      '| 80 |',
    ]);
    expect(third).toContain('Source: by hand.');
    expect(third.match(/^# /gm)).toHaveLength(1);
  });
});

it('begins with what people wrote of the pack', () => {
  expect(card(draft, 'Made by hand.\n', '')).toMatch(/^# Made\n\nVersion 1\. .*\n\nMade by hand\.\n\n\| exit /);
});

it('tells which margins its thresholds have', () => {
  const calibration = { name: 'a.tsv', split: 'val', half: 'fit', photos: 9, rung: 'preview', margins: [1.6, 0.4] };
  expect(card({ ...draft, calibration, curve: [] }, '', '')).toContain(
    'Thresholds are raised for photos of other sources, by these margins in log-odds: 1.6 at network 1, 0.4 at network 2.',
  );
});
