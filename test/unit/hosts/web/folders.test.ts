import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Engine, doorOf } from '../../../../src-main/hosts/door.ts';
import { answersOf } from '../../../../src-main/hosts/web/answers.ts';

let home: string;
const asked: unknown[] = [];
const engine: Engine = {
  request: (from, name, params) => {
    asked.push({ from, name, params });
    return Promise.resolve({ ok: true, value: { id: 1, path: 'there', name: 'there' } });
  },
};

beforeEach(() => {
  asked.length = 0;
  home = mkdtempSync(join(tmpdir(), 'squint-folders-'));
  mkdirSync(join(home, 'Pictures'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

/** A page that walked to its home folder. */
async function walked() {
  const door = doorOf<'web'>(engine, answersOf(engine, '0'));
  const reply = await door('host.folders', { folder: null });
  const { folder, folders } = (reply as { value: { folder: number; folders: { folder: number; name: string }[] } }).value;
  return { door, folder, pictures: folders[0]!.folder };
}

describe('a folder to sort into, chosen in a browser', () => {
  it('is granted by the host when it was shown in the picker', async () => {
    const { door, pictures } = await walked();
    expect(await door('host.takeTarget', { folder: pictures })).toMatchObject({ ok: true });
    expect(asked).toEqual([{ from: 'host', name: 'targets.grant', params: { path: join(home, 'Pictures') } }]);
  });

  it('may be a new one in it, which is not made yet', async () => {
    const { door, folder } = await walked();
    await door('host.takeTarget', { folder, name: 'Sorted' });
    expect(asked).toEqual([{ from: 'host', name: 'targets.grant', params: { path: join(home, 'Sorted') } }]);
    expect(readdirSync(home)).toEqual(['Pictures']);
  });

  it.each(['..', '.', '../other', 'a/b', 'a\\b', '.hidden', 'a\u0000b', ' '])('is none by the name %j', async (name) => {
    const { door, folder } = await walked();
    expect(await door('host.takeTarget', { folder, name })).toMatchObject({
      ok: false,
      problem: { code: 'bad-folder-name', hint: 'Choose another name for the folder.' },
    });
    expect(asked).toEqual([]);
  });

  it('is none that the picker never showed', async () => {
    const { door } = await walked();
    expect(await door('host.takeTarget', { folder: 999, name: 'Sorted' })).toMatchObject({ problem: { code: 'no-such-folder' } });
  });
});
