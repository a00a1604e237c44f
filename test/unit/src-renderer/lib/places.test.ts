import { describe, expect, it } from 'vitest';
import { placeKey, sectionsOf } from '../../../../src-renderer/lib/places.ts';
import { createFake } from '../../../fake/bridge.ts';

const { state } = createFake({ photos: 200, sorted: 150 });
const counts = { ...state.counts, collections: { dogs: 3, aircraft: 2, people: 0 }, groups: { animals: 4 } };
const section = (title: string, shown = {}) => sectionsOf(state, counts, shown).find((one) => one.title === title)!.places;

describe('the places of the sidebar', () => {
  it('are the collections that have photos in the pack’s order, then groups that are not sure which', () => {
    expect(section('Collections').map(({ title, photos }) => [title, photos])).toEqual([
      ['Dogs', 3],
      ['Aircraft', 2],
      ['Animals, not sure which', 4],
    ]);
  });

  it('count waiting, failed and skipped photos as not sorted', () => {
    const sum = counts.waiting + counts.failed + counts.skipped;
    expect(section('Decide').find(({ key }) => key === 'not-sorted')?.photos).toBe(sum);
    expect(sum).toBeGreaterThan(50);
  });

  it('keep the folder and the exit when a collection is chosen, and nothing when a folder is', () => {
    const shown = { root: 2, exit: 7, pile: { kind: 'review' } } as const;
    expect(section('Collections', shown)[0]?.filter).toEqual({ root: 2, exit: 7, pile: { kind: 'collection', key: 'dogs' } });
    expect(section('Library', shown).map(({ filter }) => filter)).toEqual([{}, { root: 1 }, { root: 2 }]);
  });

  it('say of single files in which folder they lie', () => {
    const roots = [{ ...state.roots[0]!, scope: 'files' as const }];
    expect(sectionsOf({ ...state, roots }, counts, {})[0]?.places[1]?.title).toBe('Single files in Iceland 2024');
  });
});

describe('the place shown', () => {
  it('is the pile, else picks or rejects, else the folder, else everything', () => {
    expect(placeKey({ root: 2, pile: { kind: 'group', key: 'animals' } })).toBe('group:animals');
    expect(placeKey({ root: 2, pile: { kind: 'not-sorted' } })).toBe('not-sorted');
    expect(placeKey({ root: 2, exit: 3 })).toBe('root:2');
    expect(placeKey({ root: 2, flag: 'pick' })).toBe('pick');
    expect(placeKey({ text: 'IMG' })).toBe('all');
  });
});
