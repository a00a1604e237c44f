import { beforeEach, describe, expect, it } from 'vitest';
import { Client } from '../../../../src-renderer/lib/client.ts';
import { emptyText } from '../../../../src-renderer/lib/empty.ts';
import { Library } from '../../../../src-renderer/lib/library.svelte.ts';
import { createFake, runOf } from '../../../fake/bridge.ts';

let fake: ReturnType<typeof createFake>;
let library: Library;
beforeEach(async () => {
  fake = createFake();
  library = new Library(new Client(fake));
  await library.load();
});

describe('an empty list says', () => {
  it('that nothing is left to review, or nothing so far', () => {
    const review = { pile: { kind: 'review' } } as const;
    expect(emptyText(review, library)).toMatchObject({
      title: 'Nothing to review',
      detail: 'No photo is doubtful that you have not decided.',
    });
    fake.tell({ type: 'run', run: runOf(fake.rows, 'running') });
    expect(emptyText(review, library).detail).toBe('No photo has been doubtful so far. More are being sorted.');
  });

  it('which parts of a filter have nothing in common', () => {
    const text = emptyText({ root: 1, pile: { kind: 'collection', key: 'dogs' }, exit: 3, text: 'x100' }, library);
    expect(text).toMatchObject({ title: 'No photo matches', action: 'Clear filters' });
    expect(text.detail).toBe('Iceland 2024, Dogs, exit 3 and “x100” have none in common.');
    expect(emptyText({ text: 'x100' }, library).title).toBe('No photo matches “x100”');
    expect(emptyText({ flag: 'pick', year: 2019, camera: 'X100' }, library).detail).toBe('Picks, 2019 and X100 have none in common.');
    expect(emptyText({ flag: 'pick' }, library)).toMatchObject({ title: 'No picks yet', detail: 'P picks a photo.' });
    expect(emptyText({ exit: 3 }, library).detail).toBe('There is none in exit 3.');
  });

  it('that a folder has no photos, or that they are looked for', () => {
    expect(emptyText({ root: 1 }, library)).toMatchObject({
      title: 'No photos in Iceland 2024',
      detail: 'Squint reads JPEG, HEIC, PNG, WebP, TIFF, AVIF, GIF. Activity tells which files were left out.',
    });
    fake.tell({ type: 'roots', roots: fake.state.roots.map((root) => ({ ...root, scanning: true })) });
    expect(emptyText({ root: 1 }, library).title).toBe('Looking for photos in Iceland 2024');
    expect(emptyText({}, library)).toMatchObject({ title: 'No photos in these folders', action: null });
  });
});
