import { existsSync, mkdtempSync } from 'node:fs';
import { mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cache } from '../../../src-main/engine/cache.ts';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'squint-cache-'));
  folder = join(home, 'cache');
});
afterEach(() => rm(home, { recursive: true }));

/** Makes a file of so many bytes, last looked at so many days ago. */
async function keep(cache: Cache, key: string, bytes = 1000, days = 0): Promise<string> {
  const made = await cache.make(key, async (to) => {
    await writeFile(to, Buffer.alloc(bytes, key));
    return null;
  });
  if ('problem' in made) throw new Error(made.problem.message);
  const then = new Date(Date.now() - days * 86_400_000);
  await utimes(made.path, then, then);
  return made.path;
}

describe('the cache', () => {
  it('finds what it made, also after a restart', async () => {
    const path = await keep(new Cache(folder), 'a');
    expect(await new Cache(folder).find('a')).toBe(path);
    expect(await new Cache(folder).find('b')).toBeNull();
    expect((await readFile(path)).length).toBe(1000);
  });

  it('makes a picture once for two who ask at the same time', async () => {
    const cache = new Cache(folder);
    let times = 0;
    const write = async (to: string) => {
      times += 1;
      await writeFile(to, 'x');
      return null;
    };
    const [one, two] = await Promise.all([cache.make('a', write), cache.make('a', write)]);
    expect(one).toEqual(two);
    expect(times).toBe(1);
  });

  it('keeps nothing of a picture that could not be made', async () => {
    const cache = new Cache(folder);
    const problem = { code: 'damaged', message: 'It is damaged.' };
    const made = await cache.make('a', async (to) => {
      await writeFile(to, 'half of it');
      return problem;
    });
    expect(made).toEqual({ problem });
    expect(await cache.find('a')).toBeNull();
    expect(await cache.size()).toBe(0);
  });

  it('removes what was not looked at for longest when it is full', async () => {
    const cache = new Cache(folder, 10_000);
    for (let i = 0; i < 9; i++) await keep(cache, `photo ${i}`, 1000, 20 - i);
    await cache.find('photo 0'); // a look
    await keep(cache, 'photo 9', 1500);
    await cache.setLimit(10_000); // waits for the removal under way
    expect(await cache.find('photo 1')).toBeNull();
    expect(await cache.find('photo 0')).not.toBeNull();
    expect(await cache.find('photo 9')).not.toBeNull();
    expect(await cache.size()).toBe(8500); // 9,000 is what is kept of a full one
  });

  it('is emptied to a lower limit at once', async () => {
    const cache = new Cache(folder);
    await keep(cache, 'old', 1000, 3);
    await keep(cache, 'new', 1000);
    await cache.setLimit(1500);
    expect([await cache.find('old'), await cache.find('new')].map((path) => path !== null)).toEqual([false, true]);
  });

  it('tells its size without counting again, and zero once it is cleared', async () => {
    const cache = new Cache(folder);
    await keep(cache, 'a', 1000);
    expect(await cache.size()).toBe(1000);
    await keep(cache, 'b', 500);
    expect(await cache.size()).toBe(1500);
    await cache.clear();
    expect(await cache.size()).toBe(0);
    expect(await cache.find('a')).toBeNull();
    expect(cache.cleared).toBe(1);
  });

  it('clears only what is its own', async () => {
    const cache = new Cache(folder);
    const foreign = join(folder, 'ab', 'holiday.jpg');
    await mkdir(join(folder, 'ab'), { recursive: true });
    await writeFile(foreign, 'a photo that somebody put there');
    await keep(cache, 'a');
    await cache.clear();
    expect(existsSync(foreign)).toBe(true);
  });

  it('goes on when its folder is deleted by hand', async () => {
    const cache = new Cache(folder);
    await keep(cache, 'a');
    await rm(folder, { recursive: true });
    expect(await cache.find('a')).toBeNull();
    expect(existsSync(await keep(cache, 'a'))).toBe(true);
  });

  it('says so where it cannot be written', async () => {
    await writeFile(folder, 'a file stands where the cache should');
    const made = await new Cache(folder).make('a', () => Promise.resolve(null));
    expect(made).toMatchObject({
      problem: {
        code: 'not-kept',
        message: expect.stringMatching(/^A picture could not be kept in the cache \(E\w+\)\.$/) as string,
        hint: `Is there room on the drive, and may Squint write into ${folder}?`,
      },
    });
  });
});
