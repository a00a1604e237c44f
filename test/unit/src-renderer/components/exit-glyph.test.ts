import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import ExitGlyph from '../../../../src-renderer/components/ExitGlyph.svelte';

const filled = (html: string): number => html.match(/class="[^"]*filled"/g)?.length ?? 0;
const ticks = (html: string): number => html.match(/<rect/g)?.length ?? 0;

describe('the exit glyph', () => {
  it('leads with the number and fills one tick per exit visited', () => {
    const { body } = render(ExitGlyph, { props: { exit: 5, exits: 8, side: 64, grid: 16 } });
    expect(body).toContain('5/8');
    expect([filled(body), ticks(body)]).toEqual([5, 8]);
  });

  it('says in words what was looked at', () => {
    const { body } = render(ExitGlyph, { props: { exit: 5, exits: 8, side: 64, grid: 16 } });
    expect(body).toContain('aria-label="left at exit 5 of 8, picture of 64 × 64, features at 16 × 16"');
    const closer = render(ExitGlyph, { props: { exit: 7, exits: 7, side: 224 } }).body;
    expect(closer).toContain('aria-label="left at exit 7 of 7, picture of 224 × 224"');
  });

  it.each([1, 3, 13])('fits a pack of %i exits', (exits) => {
    const { body } = render(ExitGlyph, { props: { exit: 1, exits, side: 32 } });
    expect([filled(body), ticks(body)]).toEqual([1, exits]);
    expect(body).toContain(`width="${exits * 5 - 2}"`);
  });
});
