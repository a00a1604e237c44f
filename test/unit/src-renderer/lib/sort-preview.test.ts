// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { PlannedFile, SortPlan } from '../../../../src-main/contract/operations.ts';
import { Client } from '../../../../src-renderer/lib/client.ts';
import { type Line, SortPreview } from '../../../../src-renderer/lib/sort-preview.svelte.ts';
import { createFake } from '../../../fake/bridge.ts';

const planOf = (id: number, folders: [path: string, files: number][]): SortPlan =>
  ({
    id,
    target: { id: 1, path: '/Sorted', name: 'Photos › Sorted' },
    folders: folders.map(([path, files]) => ({ path, files, bytes: files })),
  }) as unknown as SortPlan;

function open(folders: [string, number][]) {
  const fake = createFake();
  fake.answer({
    'sort.files': ({ folder, from, limit }) => {
      const files = folders.find(([path]) => path === folder)![1];
      return Array.from({ length: Math.min(limit, files - from) }, (_, i): PlannedFile => ({
        photo: 1,
        from: `a/${from + i}`,
        to: `${folder}/${from + i}`,
        renamed: false,
      }));
    },
  });
  const preview = new SortPreview(new Client(fake));
  preview.show(planOf(1, folders));
  return { fake, preview };
}
const told = ({ lines }: SortPreview): string[] => lines.map(words);
const words = (line: Line): string =>
  line.kind === 'folder'
    ? `${line.level} ${line.branch.name}`
    : line.kind === 'file'
      ? `${line.level} ${line.file.to}`
      : `${line.level} more`;
async function toggle(preview: SortPreview, name: string): Promise<void> {
  const line = preview.lines.find((one) => one.kind === 'folder' && one.branch.name === name);
  if (line?.kind === 'folder') await preview.toggle(line.branch);
}

describe('the preview of a sort', () => {
  it('begins with the target open and what is in it closed', () => {
    expect(
      told(
        open([
          ['Dogs/2024', 3],
          ['Cats', 1],
        ]).preview,
      ),
    ).toEqual(['1 Sorted', '2 Dogs', '2 Cats']);
  });

  it('shows the files of a folder that is opened, a hundred at a time', async () => {
    const { preview } = open([['Dogs', 250]]);
    await toggle(preview, 'Dogs');
    expect(told(preview)).toHaveLength(103);
    expect(told(preview).at(-1)).toBe('3 more');
    for (const lines of [203, 252]) {
      const more = preview.lines.at(-1)!;
      if (more.kind === 'more') await preview.more(more);
      expect(told(preview)).toHaveLength(lines);
    }
    expect(told(preview).at(-1)).toBe('3 Dogs/249');
    await toggle(preview, 'Dogs');
    expect(told(preview)).toEqual(['1 Sorted', '2 Dogs']);
  });

  it('has one line for a photo, however many files it takes along', async () => {
    const { fake, preview } = open([['Dogs', 4]]);
    const raw: PlannedFile = { photo: 1, from: 'a/1.CR3', to: 'Dogs/1.CR3', renamed: false };
    fake.answer({ 'sort.files': () => [raw] });
    await toggle(preview, 'Dogs');
    expect(told(preview)).toEqual(['1 Sorted', '2 Dogs', '3 Dogs/1.CR3']);
  });

  it('shows a hundred folders at a time, too', async () => {
    const { preview } = open(Array.from({ length: 120 }, (_, i) => [`day ${i}`, 1]));
    expect([told(preview).length, told(preview).at(-1)]).toEqual([102, '2 more']);
    const more = preview.lines.at(-1)!;
    if (more.kind === 'more') await preview.more(more);
    expect(told(preview).at(-1)).toBe('2 day 119');
  });

  it('keeps folders open from one plan to the next, with the files of the new one', async () => {
    const { fake, preview } = open([['Dogs', 2]]);
    await toggle(preview, 'Dogs');
    preview.show(planOf(2, [['Dogs', 2]]));
    await vi.waitFor(() => expect(told(preview)).toEqual(['1 Sorted', '2 Dogs', '3 Dogs/0', '3 Dogs/1']));
    expect(fake.asked.filter(({ name }) => name === 'sort.files').map(({ params }) => (params as { plan: number }).plan)).toEqual([1, 2]);
  });

  it('drops files of a plan that is gone', async () => {
    const { fake, preview } = open([['Dogs', 1]]);
    const answers: ((files: PlannedFile[]) => void)[] = [];
    fake.answer({ 'sort.files': () => new Promise((resolve) => answers.push(resolve)) });
    const opening = toggle(preview, 'Dogs');
    preview.show(planOf(2, [['Dogs', 1]]));
    answers[0]!([{ photo: 1, from: 'old', to: 'old', renamed: false }]);
    await opening;
    expect(told(preview)).toEqual(['1 Sorted', '2 Dogs', '3 more']);
  });
});
