import { describe, expect, it } from 'vitest';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import { addDropped, addFolder, addPicked, addSamples } from '../../../../src-renderer/lib/adding.ts';
import { createApp } from '../../../../src-renderer/lib/create-app.ts';
import { createFake } from '../../../fake/bridge.ts';

async function open(host: 'electron' | 'web' = 'electron') {
  const fake = createFake();
  Object.assign(fake, { host });
  const app = createApp(fake);
  await app.library.load();
  return { fake, app };
}
const messages = (app: ReturnType<typeof createApp>): string[] => app.toasts.list.map(({ message }) => message);
const file = new File([], 'IMG_1.JPG');

describe('a folder that was added', () => {
  it('is shown, with what there is to say about it', async () => {
    const { app, fake } = await open();
    fake.answer({ 'host.addFolders': () => ({ root: 2, notes: ['Iceland is already in the library, inside Photos.'] }) });
    app.screen.view = 'activity';
    await addFolder(app);
    expect(app.photos.filter).toEqual({ root: 2 });
    expect(app.screen.view).toBe('grid');
    expect(messages(app)).toEqual(['Iceland is already in the library, inside Photos.']);
  });

  it('changes nothing where the person cancelled', async () => {
    const { app, fake } = await open();
    fake.answer({ 'host.addFolders': () => null });
    app.screen.view = 'activity';
    await addFolder(app);
    expect(app.photos.filter).toEqual({});
    expect(app.screen.view).toBe('activity');
  });

  it('leaves the view as it is where several came, and tells of each', async () => {
    const { app, fake } = await open();
    fake.answer({ 'samples.add': () => ({ root: null, notes: ['One', 'Two'] }) });
    await addSamples(app);
    expect(app.photos.filter).toEqual({});
    expect(messages(app)).toEqual(['One', 'Two']);
  });

  it('that could not be added is told with its reason', async () => {
    const { app, fake } = await open();
    fake.answer({
      'samples.add': () => {
        throw new SquintError('no-samples', 'The sample photos are not there.', { hint: 'Install Squint again.' });
      },
    });
    await addSamples(app);
    expect(app.toasts.list).toMatchObject([
      { message: 'The sample photos are not there.', hint: 'Install Squint again.', tone: 'problem' },
    ]);
  });
});

describe('in a browser, which gives no paths,', () => {
  it('a folder is added in the web host’s own picker', async () => {
    const { app, fake } = await open('web');
    await addFolder(app);
    expect(app.screen.over).toBe('folders');
    fake.answer({ 'host.addFolder': () => ({ root: 1, notes: [] }) });
    await addPicked(app, 7);
    expect(fake.asked.find(({ name }) => name === 'host.addFolder')?.params).toEqual({ folder: 7 });
    expect(app.photos.filter).toEqual({ root: 1 });
  });

  it('a drop says so and opens the picker', async () => {
    const { app } = await open('web');
    await addDropped(app, [file]);
    expect(messages(app)).toEqual(['A browser does not tell where dropped files lie.']);
    expect(app.screen.over).toBe('folders');
  });
});

describe('a drop', () => {
  it('hands the files to the host', async () => {
    const { app, fake } = await open();
    const dropped: File[] = [];
    Object.assign(fake, {
      addDropped: (files: File[]) => {
        dropped.push(...files);
        return Promise.resolve({ ok: true, value: { root: 1, notes: [] } });
      },
    });
    await addDropped(app, [file]);
    expect(dropped).toEqual([file]);
    expect(app.photos.filter).toEqual({ root: 1 });
  });

  it('of a text or a link does nothing', async () => {
    const { app } = await open('web');
    await addDropped(app, []);
    expect(app.screen.over).toBeNull();
    expect(messages(app)).toEqual([]);
  });
});
