// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import type { SortPlan } from '../../../../src-main/contract/operations.ts';
import { openSort } from '../../../../src-renderer/lib/operate.ts';
import Over from '../../../../src-renderer/views/Over.svelte';
import { type Fake, createFake } from '../../../fake/bridge.ts';
import { operation } from '../../../fake/operations.ts';
import { renderWith } from '../with-app.ts';

async function open(fake: Fake = createFake({ photos: 1000 })) {
  const app = await renderWith(fake, Over);
  openSort(app);
  await screen.findByRole('dialog');
  const plans = (): unknown[] => fake.asked.filter(({ name }) => name === 'sort.plan').map(({ params }) => params);
  return { app, fake, plans };
}
const begin = (): Promise<HTMLElement> => screen.findByRole('button', { name: /^(Move|Copy) [\d,]+ files?$/ });
const note = (): string => screen.getAllByRole('status').at(-1)!.textContent.replaceAll(/\s+/g, ' ').trim();
const name = (): HTMLInputElement => screen.getByRole('combobox', { name: 'Folder name' });

/** Answers with the fake's own plan, but for what the case is about. */
async function planned(about: Partial<SortPlan>): Promise<Fake> {
  const fake = createFake({ photos: 1000 });
  const answer = await fake.request('sort.plan', {
    of: { kind: 'filter', filter: {} },
    how: 'move',
    target: 1,
    pattern: '{collection}',
    collisions: 'number',
    review: false,
    rejects: true,
  });
  if (answer.ok) fake.answer({ 'sort.plan': () => ({ ...(answer.value as SortPlan), ...about }) });
  return fake;
}

describe('the sort dialog', () => {
  it('says which photos it is of, and names on its button the number of files', async () => {
    await open();
    expect(await screen.findByText('1,000 photos from All photos')).toBeTruthy();
    expect((await begin()).textContent.trim()).toBe('Move 1,256 files');
    expect(screen.getByText('Preview, nothing has been moved')).toBeTruthy();
    expect(note()).toBe('It can be undone, also after a restart. Every file is checked before its original goes.');
  });

  it('plans anew with each choice; until then the button waits', async () => {
    const { plans } = await open();
    await begin();
    await fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    expect(screen.getByRole('button', { name: 'Copy files' })).toHaveProperty('disabled', true);
    expect((await begin()).textContent).toContain('Copy 1,256 files');
    expect(note()).toBe('It can be undone, also after a restart. Undo hands the copies to the bin.');
    await fireEvent.click(screen.getByRole('radio', { name: /Leave the photo where it is/ }));
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Include photos in Review' }));
    await fireEvent.click(screen.getByRole('checkbox', { name: 'Put rejects in a folder of their own' }));
    await fireEvent.change(screen.getByRole('combobox', { name: 'Where' }), { target: { value: '2' } });
    await begin();
    expect(plans().at(-1)).toMatchObject({ how: 'copy', collisions: 'skip', review: true, rejects: false, target: 2 });
  });

  it('says under the field what is wrong with the folders’ name, and begins nothing', async () => {
    await open();
    await begin();
    await fireEvent.input(name(), { target: { value: '{collection}/{day}' } });
    expect(await screen.findByText('There is no such part of a name. Those there are: {collection}, {year}, {month}.')).toBeTruthy();
    expect(name().getAttribute('aria-invalid')).toBe('true');
    expect(note()).toBe('The folders cannot be named so.');
    expect(screen.getByRole('button', { name: 'Move files' })).toHaveProperty('disabled', true);
    await fireEvent.input(name(), { target: { value: ' ' } });
    expect(screen.getByText('The folders need a name.')).toBeTruthy();
  });

  it('offers the usual names: arrows and Enter choose one, Escape closes only the list', async () => {
    const { app } = await open();
    await begin();
    const list = (): HTMLElement | null => screen.queryByRole('listbox');
    expect(list()).toBeNull();
    await fireEvent.keyDown(name(), { key: 'ArrowDown' });
    expect(within(list()!).getAllByRole('option')).toHaveLength(4);
    await fireEvent.keyDown(name(), { key: 'Escape' });
    expect([list(), app.screen.over]).toEqual([null, 'sort']);
    await fireEvent.keyDown(name(), { key: 'ArrowDown' });
    await fireEvent.keyDown(name(), { key: 'ArrowDown' });
    await fireEvent.keyDown(name(), { key: 'Enter' });
    expect([name().value, list()]).toEqual(['{collection}/{year}', null]);
    await fireEvent.keyDown(name(), { key: 'Escape' });
    await waitFor(() => expect(app.screen.over).toBeNull());
  });

  it('opens folders in the preview, by the keyboard too, down to the name that each file gets', async () => {
    await open();
    await begin();
    const tree = screen.getByRole('tree', { name: 'Folders' });
    const dogs = (): HTMLElement => within(tree).getByRole('treeitem', { name: /^Dogs/ });
    dogs().focus();
    await fireEvent.keyDown(dogs(), { key: 'ArrowRight' });
    expect(dogs().getAttribute('aria-expanded')).toBe('true');
    expect((await within(tree).findByText('IMG_0005 (2).JPG')).closest('[role="treeitem"]')?.textContent).toMatch(
      /Iceland 2024\/Day 3\/IMG_0005\.JPG/,
    );
    await fireEvent.keyDown(dogs(), { key: 'ArrowRight' });
    expect(document.activeElement?.textContent).toMatch(/IMG_0001/);
    await fireEvent.keyDown(document.activeElement!, { key: 'ArrowLeft' });
    expect(document.activeElement).toBe(dogs());
    await fireEvent.keyDown(dogs(), { key: 'ArrowLeft' });
    expect(dogs().getAttribute('aria-expanded')).toBe('false');
  });

  it('tells the sums: what is renamed, copied to another disk, stays and why', async () => {
    await open(
      await planned({
        renamed: 19,
        copied: { files: 2828, bytes: 11.2e9 },
        free: { bytes: 413e9, of: 1.8e12 },
        staying: [{ code: 'same', message: 'the same file is there already', files: 12, examples: ['IMG_1.JPG'] }],
      }),
    );
    await begin();
    for (const [term, detail] of [
      ['Renamed to keep both', '19'],
      ['Cross to another disk, copied and compared', '2,828 files, 11.2 GB'],
      ['Free on the disk of Sorted after that', '402 GB of 1.80 TB, now 413 GB'],
      ['Stay where they are', '12'],
    ]) {
      expect(screen.getByText(term!).nextElementSibling?.textContent).toBe(detail);
    }
    await fireEvent.click(screen.getByText('The same file is there already'));
    expect(screen.getByText('IMG_1.JPG and 11 more')).toBeTruthy();
  });

  it('says why it cannot begin: no room', async () => {
    await open(await planned({ problem: { code: 'no-room', message: 'There is no room for 11.2 GB.', hint: 'Choose another disk.' } }));
    await waitFor(() => expect(note()).toBe('There is no room for 11.2 GB. Choose another disk.'));
    expect(await begin()).toHaveProperty('disabled', true);
  });

  it('says why it cannot begin: nothing to do', async () => {
    await open(await planned({ files: 0, folders: [] }));
    await waitFor(() => expect(note()).toBe('There is nothing to move: every photo stays where it is.'));
    expect(screen.getByRole('button', { name: 'Move files' })).toHaveProperty('disabled', true);
    expect(screen.getByText('No file goes anywhere.')).toBeTruthy();
  });

  it('says why it cannot begin: no folder, another operation, a plan that fails', async () => {
    const fake = createFake();
    fake.answer({
      'targets.list': () => [],
      'sort.plan': () => {
        throw new SquintError('offline', 'Photos is not connected.', { hint: 'Connect it.' });
      },
    });
    const { app } = await open(fake);
    await waitFor(() => expect(note()).toBe('Choose a folder to sort into.'));
    await fireEvent.click(screen.getByRole('button', { name: 'Choose…' }));
    await waitFor(() => expect(note()).toBe('Photos is not connected. Connect it.'));
    app.operations.began(operation({ id: 20, state: 'running', done: 0 }));
    await waitFor(() => expect(note()).toBe('Moving to Photos › Iceland is under way. Another sort waits until it has ended.'));
  });

  it('begins what it showed, closes, and the history opens', async () => {
    const { app, fake } = await open();
    await fireEvent.click(await begin());
    await waitFor(() => expect(app.screen.over).toBeNull());
    expect(fake.asked.find(({ name: asked }) => asked === 'sort.begin')?.params).toEqual({ plan: 1 });
    expect([app.screen.history, app.operations.now?.operation.files]).toEqual([true, 1256]);
  });

  it('in a browser asks for the folder with the picker, and comes back with it', async () => {
    const fake = createFake();
    Object.assign(fake, { host: 'web' });
    const { app } = await open(fake);
    await begin();
    await fireEvent.click(screen.getByRole('button', { name: 'Choose…' }));
    await fireEvent.input(await screen.findByRole('textbox', { name: 'New folder in it' }), { target: { value: ' Best ' } });
    expect(screen.getByRole('button', { name: 'Sort into the new folder' })).toBeTruthy();
    await fireEvent.keyDown(screen.getByRole('textbox', { name: 'New folder in it' }), { key: 'Enter' });
    await waitFor(() => expect(app.screen.over).toBe('sort'));
    expect(fake.asked.find(({ name: asked }) => asked === 'host.takeTarget')?.params).toEqual({ folder: 1, name: 'Best' });
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Where' }).selectedOptions[0]?.text).toBe('Pictures › Best');
  });

  it('in a browser stays in the picker where the folder is refused, and cancelled comes back', async () => {
    const fake = createFake();
    Object.assign(fake, { host: 'web' });
    fake.answer({ 'host.takeTarget': () => Promise.reject(new SquintError('bad-folder-name', 'The name holds a slash.')) });
    const { app } = await open(fake);
    await begin();
    await fireEvent.click(screen.getByRole('button', { name: 'Choose…' }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Sort into this folder' }));
    await waitFor(() => expect(app.toasts.list[0]?.message).toBe('The name holds a slash.'));
    expect(app.screen.over).toBe('target');
    await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(app.screen.over).toBe('sort'));
  });
});
