import { describe, expect, it } from 'vitest';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import type { Operation, UndoCheck } from '../../../../src-main/contract/operations.ts';
import { type Ended, type Person, madeLibrary, operation, report, squint } from './squint.ts';

const check = (over: Partial<UndoCheck> = {}): UndoCheck => ({ operation: operation(), files: 1204, bytes: 4.2e9, cannot: [], ...over });

interface Made {
  readonly operations?: readonly Operation[];
  readonly checked?: UndoCheck;
  readonly became?: ReturnType<typeof report>;
}

/** `squint undo` and `squint history` on a library that has these operations. */
function having({ operations = [operation()], checked = check(), became = report({ id: 13, undoes: 12 }) }: Made = {}) {
  const library = madeLibrary({
    'operations.list': ({ before, limit }: { before: number | null; limit: number }) =>
      operations.filter(({ id }) => before === null || id < before).slice(0, limit),
    'operations.check': ({ operation: id }: { operation: number }) => ({ ...checked, operation: { ...checked.operation, id } }),
    'operations.undo': () => ({ ...became.operation, state: 'running' }),
    'operations.report': () => became,
    'operations.stop': () => null,
  });
  const run = (args: readonly string[], person: Partial<Person> = {}): Promise<Ended> =>
    squint(args, { from: '/', open: library.open, ...person });
  return { library, run };
}

describe('squint undo', () => {
  it('shows what can be taken back, asks, and reports', async () => {
    const { library, run } = having();
    const { status, out, err } = await run(['undo'], { answer: () => true });
    expect(out).toMatch(/^Operation 12, .+: Move of 1,204 files to Photos › Sorted\.\n1,204 files, 4\.2 GB, can be taken back\.\n/);
    expect(err).toBe('Move 1,204 files back? [y/N] \n');
    expect(out).toMatch(/\n\nMoved 1,204 files back\. squint undo 13 does it again\.\n$/);
    expect([status, library.closed()]).toEqual([0, true]);
  });

  it('does nothing where the answer is no', async () => {
    const { library, run } = having();
    expect(await run(['undo'], { answer: () => false })).toMatchObject({
      status: 130,
      err: 'Move 1,204 files back? [y/N] \nNothing was changed.\n',
    });
    expect(library.asked).not.toContain('operations.undo');
  });

  it('needs --yes where nobody can be asked, before anything is opened', async () => {
    const { library, run } = having();
    const { status, err } = await run(['undo']);
    expect([status, err]).toEqual([2, expect.stringContaining('error: nobody can be asked here; say --yes to do it\n')]);
    expect(library.asked).toEqual([]);
    expect((await run(['undo', '--yes'])).status).toBe(0);
  });

  it('takes the newest that can be taken back: none that takes back itself, none that is taken back', async () => {
    const old = Array.from({ length: 150 }, (_, i) => operation({ id: 150 - i, undone: i === 148 ? 0 : 1204 }));
    const { out } = await having({ operations: [operation({ id: 151, undoes: 150 }), ...old] }).run(['undo', '--yes']);
    expect(out).toContain('Operation 2, ');
    const none = await having({ operations: [operation({ done: 0 })] }).run(['undo', '--yes']);
    expect(none).toMatchObject({ status: 'nothing-to-undo', err: 'There is nothing to take back.\n\n' });
  });

  it('of another number than one is a mistake', async () => {
    const { err, status } = await having().run(['undo', 'last', '--yes']);
    expect([status, err]).toEqual([2, expect.stringContaining('Expected the number of an operation; squint history shows them.')]);
  });

  it('says why nothing can be taken back, and fails', async () => {
    const cannot = [{ code: 'changed', message: 'edited or replaced since', files: 3, examples: ['a.jpg'] }];
    const { library, run } = having({ checked: check({ files: 0, cannot }) });
    const { status, out, err } = await run(['undo', '12', '--yes']);
    expect(out).toContain('Nothing of it can be taken back.\n\nCannot be taken back\n      3  Edited or replaced since.\n');
    expect([status, err]).toEqual(['nothing-to-undo', 'Operation 12 cannot be taken back.\n\n']);
    expect(library.asked).not.toContain('operations.undo');
  });

  it('ends with 3 where some could not be taken back', async () => {
    const cannot = [{ code: 'missing', message: 'moved or deleted since', files: 3, examples: [] }];
    expect((await having({ checked: check({ cannot }) }).run(['undo', '--yes'])).status).toBe(3);
  });

  it('asks for copies whether they go to the bin, and for a taking back whether it is done again', async () => {
    const asks = async (over: Partial<Operation>): Promise<string> =>
      (await having({ checked: check({ operation: operation(over) }) }).run(['undo', '12'], { answer: () => false })).err;
    expect(await asks({ kind: 'copy' })).toContain('Move 1,204 copies to the bin?');
    expect(await asks({ undoes: 9 })).toContain('Do it again for 1,204 files?');
  });

  it('writes JSON lines where that is asked for', async () => {
    const { out } = await having().run(['undo', '--yes', '--json']);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as object),
    ).toEqual([
      { type: 'check', ...check() },
      { type: 'report', ...report({ id: 13, undoes: 12 }) },
    ]);
  });

  it('fails where the operation failed, with its reason', async () => {
    const failed = report({ id: 13, undoes: 12, state: 'failed', reason: 'The disk is full.', done: 40 });
    const { status, out } = await having({ became: failed }).run(['undo', '--yes']);
    expect([status, out]).toEqual([1, expect.stringContaining('Failed after 40 of 1,204 files. The disk is full.\n')]);
  });

  it('passes on what the library says, and closes it', async () => {
    const library = madeLibrary({
      'operations.check': () => {
        throw new SquintError('no-such-operation', 'There is no operation 99.');
      },
    });
    const ended = await squint(['undo', '99', '--yes'], { from: '/', open: library.open });
    expect(ended).toMatchObject({ status: 'no-such-operation', err: 'There is no operation 99.\n\n' });
    expect(library.closed()).toBe(true);
  });
});

describe('Ctrl-C', () => {
  it('during an operation stops it in order, and what is done stays done', async () => {
    const stop = new AbortController();
    let state: Operation['state'] = 'running';
    const library = madeLibrary({
      'operations.check': () => check(),
      'operations.undo': () => operation({ id: 13, undoes: 12, state }),
      'operations.report': () => {
        if (!stop.signal.aborted) setImmediate(() => stop.abort());
        return report({ id: 13, undoes: 12, state, done: 40, reason: state === 'stopped' ? 'You stopped it.' : null });
      },
      'operations.stop': () => {
        state = 'stopped';
        setImmediate(() => library.happen());
        return null;
      },
    });
    const { status, out } = await squint(['undo', '12', '--yes'], { from: '/', open: library.open, stop });
    expect([status, out]).toEqual([130, expect.stringContaining('Stopped after 40 of 1,204 files. You stopped it.\n')]);
    expect(library.closed()).toBe(true);
  });

  it('before it is begun leaves everything as it is', async () => {
    const stop = new AbortController();
    stop.abort();
    const { library, run } = having();
    expect((await run(['undo', '12', '--yes'], { stop })).status).toBe(130);
    expect(library.asked).not.toContain('operations.undo');
  });
});

describe('squint history', () => {
  it('shows the newest, as many as asked for', async () => {
    const operations = Array.from({ length: 30 }, (_, i) => operation({ id: 30 - i }));
    const lines = async (...args: string[]): Promise<number> =>
      (await having({ operations }).run(['history', ...args])).out.split('\n').length - 2; // head and last line break
    expect(await lines()).toBe(20);
    expect(await lines('--limit', '5')).toBe(5);
    expect(await lines('--limit', '1500')).toBe(30);
  });

  it('writes a JSON line for each operation', async () => {
    const { out } = await having().run(['history', '--json']);
    expect(JSON.parse(out)).toEqual({ type: 'operation', ...operation() });
  });
});

describe('a command that opens the library', () => {
  it('tells of operations that the end of the program had cut off', async () => {
    const library = madeLibrary({ 'operations.list': () => [], 'operations.settled': () => [operation({ done: 1, left: 3 })] });
    const { err } = await squint(['history'], { from: '/', open: library.open });
    expect(err.replaceAll('\n', ' ')).toBe(
      'Operation 12 was cut off when Squint last ended. It was settled: 1 file done, 3 left where they were. ',
    );
  });
});
