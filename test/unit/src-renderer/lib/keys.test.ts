import { describe, expect, it } from 'vitest';
import { createApp } from '../../../../src-renderer/lib/create-app.ts';
import { keyOf, keys } from '../../../../src-renderer/lib/keys.ts';
import { createFake } from '../../../fake/bridge.ts';

async function open() {
  const fake = createFake({ photos: 60, sorted: 60 });
  const app = createApp(fake);
  await app.library.load();
  await app.photos.show({});
  app.space.width = 1044; // six columns
  app.space.height = 550;
  await app.photos.want(app.photos.ids);
  const press = (chord: string): void => {
    const found = keyOf(chord);
    if (!found) throw new Error(`No key is ${chord}.`);
    found.key.run(app, found.extend);
  };
  const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  return { fake, app, press, settle, requests: () => fake.asked.map(({ name, params }) => ({ name, params })) };
}

describe('the table of keys', () => {
  it('gives every chord one meaning', () => {
    const chords = keys.flatMap((key) => key.chords);
    expect(new Set(chords).size).toBe(chords.length);
  });

  it('leaves alone what browsers and systems use, and C, N and S for later', () => {
    for (const chord of [
      'C',
      'N',
      'S',
      'Mod+F',
      'Mod+C',
      'Mod+V',
      'Mod+W',
      'Mod+T',
      'Mod+R',
      'Mod+P',
      'Mod++',
      'Mod+-',
      'Mod+0',
      'Tab',
      'F5',
    ]) {
      expect(keyOf(chord), chord).toBeNull();
    }
  });

  it('has those of the design whose features exist', () => {
    for (const chord of [
      'G',
      'E',
      'Space',
      'R',
      'Z',
      'Enter',
      'Alt+2',
      'Alt+3',
      'L',
      'P',
      'X',
      'U',
      'Shift+Enter',
      'K',
      'I',
      '/',
      '?',
      'Mod+B',
      'Mod+O',
      'Mod+,',
      'Mod+Z',
    ]) {
      expect(keyOf(chord), chord).not.toBeNull();
    }
  });
});

describe('moving by keys', () => {
  it('goes by photo and by row, and stays where there is no row', async () => {
    const { app, press } = await open();
    press('Home');
    press('ArrowRight');
    press('ArrowDown');
    expect(app.selection.position).toBe(7);
    press('ArrowUp');
    press('ArrowUp');
    expect(app.selection.position).toBe(1);
    press('End');
    press('ArrowDown');
    expect(app.selection.position).toBe(59);
  });

  it('goes by exactly one page, the view with it', async () => {
    const { app, press } = await open();
    const { columns, rowsAPage, rowHeight } = app.space;
    press('Home');
    press('PageDown');
    expect(app.selection.position).toBe(columns * rowsAPage);
    expect(app.space.top).toBe(rowsAPage * rowHeight);
    press('PageUp');
    expect(app.selection.position).toBe(0);
    expect(app.space.top).toBe(0);
  });

  it('with Shift extends the selection', async () => {
    const { app, press } = await open();
    press('Home');
    press('Shift+ArrowDown');
    expect(app.selection.size).toBe(7);
    press('Escape');
    expect(app.selection.size).toBe(0);
    press('Mod+A');
    expect(app.selection.size).toBe(60);
  });

  it('leafs in the loupe, and pans at 1:1', async () => {
    const { app, press } = await open();
    press('Home');
    press('Space');
    press('ArrowRight');
    expect([app.screen.view, app.selection.position]).toEqual(['loupe', 1]);
    app.zoom.stage = { width: 500, height: 400 };
    app.zoom.photo = { width: 4000, height: 3000 };
    press('Z');
    const { left } = app.zoom.frame;
    press('ArrowRight');
    expect(app.selection.position).toBe(1);
    expect(app.zoom.frame.left).toBe(left - 80);
    press('Escape');
    expect(app.screen.view).toBe('grid');
  });
});

describe('keys that do something', () => {
  it('show Review and go back, keeping the folder', async () => {
    const { app, press } = await open();
    await app.photos.show({ root: 1 });
    press('R');
    expect(app.photos.filter).toEqual({ root: 1, pile: { kind: 'review' } });
    press('R');
    expect(app.photos.filter).toEqual({ root: 1 });
  });

  it('ask in the inspector before looking closer', async () => {
    const { app, press, requests } = await open();
    press('Home');
    press('Shift+Enter');
    expect([app.screen.inspector, app.screen.asksCloser]).toEqual([true, 1]);
    expect(requests().some(({ name }) => name === 'run.closer')).toBe(false);
  });

  it('pause a run and go on, and do nothing where none runs', async () => {
    const { fake, app, press, requests } = await open();
    press('K');
    expect(requests().some(({ name }) => name.startsWith('run.'))).toBe(false);
    const { runOf } = await import('../../../fake/bridge.ts');
    fake.tell({ type: 'run', run: runOf(fake.rows, 'running') });
    press('K');
    fake.tell({ type: 'run', run: runOf(fake.rows, 'paused') });
    press('K');
    expect(
      requests()
        .map(({ name }) => name)
        .filter((name) => name.startsWith('run.')),
    ).toEqual(['run.pause', 'run.resume']);
    expect(app.toasts.list).toEqual([]);
  });
});

describe('decisions by keys', () => {
  it('confirm the current photo and go to the next at once', async () => {
    const { app, press, requests, settle } = await open();
    press('Home');
    press('Enter');
    expect(app.selection.position).toBe(1);
    await settle();
    expect(requests()).toContainEqual({ name: 'decisions.confirm', params: { ids: [1] } });
    expect(app.toasts.list.at(-1)?.message).toBe(`Confirmed: ${app.library.titleOf(app.photos.row(1)!.collection!)}.`);
  });

  it('pick, reject and take that off again, failed photos too, and go on to the next', async () => {
    const { app, press, requests, settle } = await open();
    const failed = app.photos.ids.find((id) => app.photos.row(id)?.state === 'failed')!;
    press('Home');
    press('P');
    app.selection.only(failed);
    press('X');
    expect(app.selection.current).toBe(failed + 1);
    press('U');
    await settle();
    expect(requests().filter(({ name }) => name === 'decisions.flag')).toEqual([
      { name: 'decisions.flag', params: { ids: [1], flag: 'pick' } },
      { name: 'decisions.flag', params: { ids: [failed], flag: 'reject' } },
      { name: 'decisions.flag', params: { ids: [failed + 1], flag: null } },
    ]);
    expect([app.photos.row(1)?.flag, app.photos.row(failed)?.flag]).toEqual(['pick', 'reject']);
    expect(app.toasts.list.at(-1)?.message).toBe('No flag on one photo any more.');
  });

  it('stay where auto-advance is off', async () => {
    const { fake, app, press, settle } = await open();
    fake.tell({ type: 'settings', settings: { ...fake.state.settings, autoAdvance: false } });
    press('Home');
    press('Enter');
    await settle();
    expect(app.selection.position).toBe(0);
  });

  it('leave out photos that have no result', async () => {
    const { app, press, requests, settle } = await open();
    const failed = app.photos.ids.find((id) => app.photos.row(id)?.state === 'failed')!;
    app.selection.only(failed);
    press('Enter');
    await settle();
    expect(app.toasts.list.at(-1)?.message).toBe('There is no result to confirm yet.');
    app.selection.only(failed);
    app.selection.toggle(1);
    press('Enter');
    await settle();
    expect(requests().filter(({ name }) => name === 'decisions.confirm')).toEqual([{ name: 'decisions.confirm', params: { ids: [1] } }]);
  });

  it('take the second and the third guess of the network', async () => {
    const { app, press, requests, settle } = await open();
    press('Home');
    press('Alt+2');
    await settle();
    press('Alt+3');
    await settle();
    expect(requests().filter(({ name }) => name === 'decisions.correct')).toEqual([
      { name: 'decisions.correct', params: { ids: [1], collection: 'cats' } },
      { name: 'decisions.correct', params: { ids: [2], collection: 'people' } },
    ]);
    app.selection.all();
    press('Alt+2');
    await settle();
    expect(app.toasts.list.at(-1)?.message).toBe('Guesses differ from photo to photo.');
  });

  it('leave one toast, whose Undo takes back the last', async () => {
    const { app, press, settle } = await open();
    press('Home');
    press('Enter');
    press('Enter');
    await settle();
    expect(app.toasts.list).toHaveLength(1);
    app.toasts.list[0]!.action!.run();
    await settle();
    expect([app.photos.row(1)?.decided?.how, app.photos.row(2)?.decided]).toEqual(['confirmed', null]);
    expect(app.toasts.list).toHaveLength(1);
  });

  it('do not act on a photo that the list does not show', async () => {
    const { app, press, requests, settle } = await open();
    app.selection.only(1);
    await app.photos.show({ text: '0002' });
    press('Enter');
    press('Alt+2');
    press('L');
    await settle();
    expect(requests().some(({ name }) => name.startsWith('decisions.'))).toBe(false);
    expect(app.screen.over).toBeNull();
  });

  it('are undone, and the photo is current again', async () => {
    const { app, press, settle } = await open();
    press('Home');
    press('Enter');
    await settle();
    expect(app.photos.row(1)?.decided?.how).toBe('confirmed');
    press('Mod+Z');
    await settle();
    expect(app.photos.row(1)?.decided).toBeNull();
    expect(app.selection.current).toBe(1);
    press('Mod+Z');
    await settle();
    expect(app.toasts.list.at(-1)?.message).toBe('There is nothing to undo.');
  });

  it('say what went wrong, and how many photos are too many at once', async () => {
    const { fake, app, press, settle } = await open();
    fake.answer({ 'decisions.confirm': () => Promise.reject(new Error('gone')) });
    press('Home');
    press('Enter');
    await settle();
    expect(app.toasts.list.at(-1)?.message).toBe('Something went wrong inside Squint.');
    fake.answer({ 'photos.ids': () => ({ ids: Array.from({ length: 20_000 }, (_, i) => i + 1), next: null }) });
    await app.photos.show({});
    press('Mod+A');
    press('Enter');
    await settle();
    expect(app.toasts.list.at(-1)?.message).toBe('At most 10,000 photos are decided at once; these are 19,998.');
  });
});
