import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type EngineListener, EngineProcess, givenUp } from '../../../../src-main/hosts/electron/engine-process.ts';

const script = fileURLToPath(new URL('../../../fixtures/children/engine.ts', import.meta.url));
const open: EngineProcess[] = [];

function start(listener: Partial<EngineListener> = {}, node = process.execPath): EngineProcess {
  const engine = new EngineProcess(
    { node, script, resources: '/made', version: '1.2.3' },
    { notice: () => {}, ended: () => {}, ...listener },
  );
  open.push(engine);
  return engine;
}

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const engine of open.splice(0)) await engine.stop();
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the engine as a process', () => {
  it('gets a request as it was made, with whose word it is, and answers each with its own', async () => {
    const engine = start();
    const asked = [engine.request('view', 'a', { x: new Uint8Array([1, 2]) }), engine.request('host', 'b', null)];
    expect(await Promise.all(asked)).toEqual([
      { ok: true, value: { name: 'a', from: 'view', params: { x: new Uint8Array([1, 2]) }, node: process.version } },
      { ok: true, value: { name: 'b', from: 'host', params: null, node: process.version } },
    ]);
    expect(await engine.request('view', 'hello', {})).toEqual({
      ok: true,
      value: { type: 'hello', resources: '/made', version: '1.2.3', restore: false },
    });
  });

  it('tells what it notices before the answer that follows', async () => {
    const heard: unknown[] = [];
    const engine = start({ notice: (notice) => heard.push(notice) });
    heard.push(await engine.request('view', 'notice', {}));
    expect(heard).toMatchObject([{ type: 'changed' }, { ok: true }]);
  });

  it('that dies is started again, and who waited is told that it ended', async () => {
    const ended = vi.fn();
    const engine = start({ ended });
    const waiting = engine.request('view', 'hang', {});
    void engine.request('view', 'crash', {});
    expect(await waiting).toEqual({
      ok: false,
      problem: {
        code: 'engine-ended',
        message: 'The part of Squint that reads and sorts photos ended before it answered.',
        hint: 'Your photos were not changed, and what was already sorted is kept. Try once more.',
      },
    });
    expect(ended).toHaveBeenCalledExactlyOnceWith(null, true);
    expect(await engine.request('view', 'a', {})).toMatchObject({ ok: true });
  });

  it('that keeps dying without an answer is given up', async () => {
    const ended = vi.fn();
    const engine = start({ ended });
    for (let i = 0; i < 3; i++) await engine.request('view', 'crash', {});
    expect(ended.mock.calls).toEqual([
      [null, true],
      [null, true],
      [null, false],
    ]);
    expect(await engine.request('view', 'a', {})).toMatchObject({ ok: false, problem: { code: 'engine-ended' } });
  });

  it('that cannot work says why, once, and is not started again', async () => {
    vi.stubEnv('FAKE_ENGINE', 'broken');
    const ended = vi.fn();
    const engine = start({ ended });
    const problem = { code: 'library-newer', message: 'The library is of a newer Squint.' };
    expect(await engine.request('view', 'hang', {})).toEqual({ ok: false, problem });
    expect(ended).toHaveBeenCalledExactlyOnceWith(problem, false);
    expect(await engine.request('view', 'a', {})).toEqual({ ok: false, problem });
  });

  it('whose library is damaged works again with its last backup, where the person wishes that', async () => {
    vi.stubEnv('FAKE_ENGINE', 'damaged');
    const engine = start();
    expect(await engine.request('view', 'hang', {})).toMatchObject({ ok: false, problem: { code: 'library-damaged' } });
    engine.restore();
    expect(await engine.request('view', 'hello', {})).toMatchObject({ ok: true, value: { restore: true } });
  });

  it('whose Node is missing is told as such', async () => {
    const ended = vi.fn();
    const engine = start({ ended }, '/made/runtime/node');
    expect(await engine.request('view', 'a', {})).toEqual({
      ok: false,
      problem: { code: 'engine-not-started', message: "Squint's own Node could not be started: spawn /made/runtime/node ENOENT." },
    });
  });

  it('ends when it is told to, and nobody hears of a death', async () => {
    const ended = vi.fn();
    const engine = start({ ended });
    await engine.request('view', 'a', {});
    const { pid } = engine;
    await engine.stop();
    expect(isAlive(pid!)).toBe(false);
    expect(ended).not.toHaveBeenCalled();
    expect(await engine.request('view', 'a', {})).toMatchObject({ ok: false, problem: { code: 'engine-ended' } });
  });
});

describe('the words for an engine that was given up', () => {
  it('are its own where it said why, and always say what to do', () => {
    expect(givenUp({ code: 'library-newer', message: 'The library is of a newer Squint.' })).toEqual({
      type: 'told',
      message: 'The library is of a newer Squint.',
      problem: {
        code: 'library-newer',
        message: 'The library is of a newer Squint.',
        hint: 'Close Squint and start it again. Your photos were not changed.',
      },
    });
    expect(givenUp(null)).toMatchObject({
      message: 'The part of Squint that reads and sorts photos keeps ending.',
      problem: { code: 'engine-ended' },
    });
  });
});
