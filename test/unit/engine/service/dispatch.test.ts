import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import { requests } from '../../../../src-main/contract/requests.ts';
import { type Handlers, dispatcher } from '../../../../src-main/engine/service/dispatch.ts';
import { openLog } from '../../../../src-main/engine/service/log.ts';
import { photos32 } from '../../packs/fixture-packs.ts';
import { Window, folder } from './window.ts';

const logged: unknown[] = [];
const never = (): never => {
  throw new Error('a handler was reached');
};
const handlers = (over: Partial<Handlers>): Handlers =>
  ({ ...Object.fromEntries(Object.keys(requests).map((name) => [name, never])), ...over }) as Handlers;
const door = (over: Partial<Handlers> = {}) => dispatcher(handlers(over), (error) => logged.push(error));

describe('the door', () => {
  it.each(Object.entries(requests).flatMap(([name, { from }]) => (from === 'host' ? [name] : [])))(
    'refuses %s from a view: it takes or gives paths',
    async (name) => {
      expect(await door()('view', name, {})).toEqual({
        ok: false,
        problem: { code: 'not-for-views', message: `The request "${name}" is not a page's to make.` },
      });
    },
  );

  it('refuses what it does not know', async () => {
    for (const name of ['photos.delete', 'toString', '__proto__']) {
      expect(await door()('host', name, {})).toEqual({
        ok: false,
        problem: { code: 'unknown-request', message: `Squint has no request named "${name}".` },
      });
    }
  });

  it('refuses parameters that are not as the table has them, unknown keys too, and says which', async () => {
    const refused = async (name: string, params: unknown): Promise<string> => {
      const reply = await door()('view', name, params);
      return reply.ok ? '' : `${reply.problem.code} ${reply.problem.message}`;
    };
    expect(await refused('run.pause', { now: true })).toMatch(/^bad-request run.pause: .*now/s);
    expect(await refused('photos.inspect', { id: '1' })).toMatch(/^bad-request photos.inspect: .*id/s);
    expect(await refused('photos.rows', { ids: [0] })).toMatch(/^bad-request photos.rows/);
    expect(await refused('photos.ids', { filter: { root: 1, sql: 'drop' }, order: 'name', after: null, limit: 10 })).toMatch(/sql/);
    expect(await refused('settings.set', { choice: { kind: 'preset', preset: 'full' } })).toMatch(/choice/);
    expect(await refused('library.state', null)).toMatch(/^bad-request/);
  });

  it('answers with what is handed back, and with the problem of what is thrown', async () => {
    const answer = door({
      'log.path': () => '/log',
      'run.stop': () => Promise.reject(new SquintError('library-disk-full', 'The disk is full.', { hint: 'Make room.' })),
    });
    expect(await answer('host', 'log.path', {})).toEqual({ ok: true, value: '/log' });
    expect(await answer('view', 'run.stop', {})).toEqual({
      ok: false,
      problem: { code: 'library-disk-full', message: 'The disk is full.', hint: 'Make room.' },
    });
    expect(logged).toEqual([]);
  });

  it('keeps an error without words for the log', async () => {
    const error = new TypeError('x is not a function');
    const reply = await door({ 'run.stop': () => Promise.reject(error) })('view', 'run.stop', {});
    expect(reply).toEqual({
      ok: false,
      problem: {
        code: 'internal',
        message: 'Something went wrong inside Squint.',
        hint: 'Your photos were not changed. The log has the details.',
      },
    });
    expect(logged).toEqual([error]);
  });
});

describe('the log', () => {
  it('has a line with its time for what happened, and stays small', () => {
    const { path: home, remove } = folder();
    const log = openLog(home);
    log.write(new SquintError('x', 'The first.'));
    expect(readFileSync(log.path, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z .*The first\./);
    for (let i = 0; i < 30; i++) log.write('x'.repeat(100_000));
    expect(readFileSync(log.path).length).toBeLessThan(1_200_000);
    expect(readFileSync(`${log.path}.old`).length).toBeLessThan(1_200_000);
    remove();
  });

  it('is no reason to stop where it cannot be written', () => {
    const { path: home, remove } = folder();
    remove();
    expect(() => openLog(join(home, '\0')).write('x')).not.toThrow();
  });
});

describe('a library that another Squint has', () => {
  it('is not opened a second time, and who has it is said', async () => {
    const { path, remove } = folder();
    const window = await Window.open(path, photos32);
    await expect(Window.open(path, photos32)).rejects.toMatchObject({ code: 'library-held' });
    await window.close();
    await (await Window.open(path, photos32)).close();
    remove();
  });
});
