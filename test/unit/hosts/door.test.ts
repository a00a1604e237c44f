import { describe, expect, it } from 'vitest';
import { SquintError } from '../../../src-main/contract/errors.ts';
import { type Engine, type HostHandlers, ask, doorOf } from '../../../src-main/hosts/door.ts';

const asked: unknown[] = [];
const engine: Engine = {
  request: (...what) => {
    asked.push(what);
    return Promise.resolve({ ok: false, problem: { code: 'offline', message: 'Its drive is not here.', hint: 'Connect it.' } });
  },
};
const handlers: HostHandlers<'electron'> = {
  'host.about': () => ({ host: 'electron', platform: 'linux', versions: {} }),
  'host.addFolders': () => null,
  'host.chooseTarget': () => null,
  'host.reveal': () => {
    throw new SquintError('gone', 'It is not there now.');
  },
  'host.showLog': () => Promise.reject(new Error('some detail of the inside')),
  'host.exportCsv': () => null,
  'host.restoreLibrary': () => null,
  'host.progress': () => null,
};
const door = doorOf<'electron'>(engine, handlers);

describe('the door of a host', () => {
  it('answers what is the host’s to answer', async () => {
    expect(await door('host.about', {})).toEqual({ ok: true, value: { host: 'electron', platform: 'linux', versions: {} } });
  });

  it('hands everything else to the engine as a view’s word, which the engine may refuse', async () => {
    asked.length = 0;
    await door('roots.add', { paths: ['/'] });
    await door('host.folders', { folder: null });
    await door('toString', {});
    expect(asked).toEqual([
      ['view', 'roots.add', { paths: ['/'] }],
      ['view', 'host.folders', { folder: null }],
      ['view', 'toString', {}],
    ]);
  });

  it('checks parameters before a handler sees them', async () => {
    expect(await door('host.reveal', { root: 1, path: '/etc' })).toMatchObject({ ok: false, problem: { code: 'bad-request' } });
    expect(await door('host.progress', { share: 'half' })).toMatchObject({ ok: false, problem: { code: 'bad-request' } });
  });

  it('answers failures as values: ours in their words, others without a detail', async () => {
    expect(await door('host.reveal', { root: 1 })).toEqual({ ok: false, problem: { code: 'gone', message: 'It is not there now.' } });
    expect(await door('host.showLog', {})).toMatchObject({
      ok: false,
      problem: { code: 'internal', message: 'Something went wrong inside Squint.' },
    });
  });
});

describe('what a host asks of the engine itself', () => {
  it('is the host’s word, and a problem is thrown with its code and hint', async () => {
    asked.length = 0;
    await expect(ask(engine, 'roots.path', { root: 1 })).rejects.toMatchObject({
      code: 'offline',
      message: 'Its drive is not here.',
      hint: 'Connect it.',
    });
    expect(asked).toEqual([['host', 'roots.path', { root: 1 }]]);
  });
});
