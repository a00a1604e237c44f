/** The command line in this process: arguments in, what is written and the exit status out; the library is the test's to choose. */
import { resolve } from 'node:path';
import { CommanderError } from 'commander';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import type { Operation, OperationReport, SortPlan } from '../../../../src-main/contract/operations.ts';
import type { RequestName } from '../../../../src-main/contract/requests.ts';
import type { Io } from '../../../../src-main/hosts/cli/io.ts';
import { type Library, type OpenLibrary, libraryOver } from '../../../../src-main/hosts/cli/library.ts';
import { program } from '../../../../src-main/hosts/cli/program.ts';
import { terminal } from './present/made.ts';

export interface Ended {
  readonly status: number | string; // the code of the error that it ended with
  readonly out: string;
  readonly err: string; // with the error's message and hint
}

export interface Person {
  readonly from: string; // folder
  readonly open: OpenLibrary;
  readonly answer?: (question: string) => boolean; // left out: nobody can be asked
  readonly stop?: AbortController;
}

export async function squint(args: readonly string[], { from, open, answer, stop = new AbortController() }: Person): Promise<Ended> {
  let [out, err] = ['', ''];
  const write = (line: string): void => void (err += line);
  const io: Io = {
    from,
    out: terminal(100),
    err: terminal(100),
    path: (relative) => resolve(from, relative),
    print: (lines) => void (out += lines.map((line) => `${line}\n`).join('')),
    tell: (lines) => void (err += lines.map((line) => `${line}\n`).join('')),
    progress: () => ({ update: () => {}, end: () => {} }),
    canAsk: answer !== undefined,
    ask: (question) => {
      write(`${question}\n`);
      return Promise.resolve(answer!(question));
    },
    stopSignal: () => stop.signal,
  };
  let status: number | string = 0;
  const command = program({ io, finish: (code) => (status = code) }, open);
  for (const one of [command, ...command.commands]) one.configureOutput({ writeOut: write, writeErr: write }).exitOverride();
  try {
    await command.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return { status: 2, out, err };
    if (!(error instanceof SquintError)) throw error;
    status = error.code;
    err += `${error.message}\n${error.hint ?? ''}\n`;
  }
  return { status, out, err };
}

type Answers = { readonly [N in RequestName]?: (params: never) => unknown };

/** A library that answers as it is told, for what cannot be had of a real one; what it was asked stands in `asked`. */
export function madeLibrary(answers: Answers): { open: OpenLibrary; asked: string[]; happen: () => void; closed: () => boolean } {
  const asked: string[] = [];
  let tell: () => void = () => {};
  let isClosed = false;
  const all: Answers = { 'operations.settled': () => [], ...answers };
  return {
    asked,
    happen: () => tell(),
    closed: () => isClosed,
    open: (io): Promise<Library> =>
      libraryOver(io, (notice) => {
        tell = () => notice({ type: 'changed' });
        return Promise.resolve({
          request: (_, name, params) => {
            asked.push(name);
            try {
              const answer = all[name as RequestName] as ((params: unknown) => unknown) | undefined;
              if (!answer) throw new Error(`nobody answers ${name}`);
              return Promise.resolve({ ok: true, value: answer(params) });
            } catch (error) {
              if (error instanceof SquintError)
                return Promise.resolve({ ok: false, problem: { code: error.code, message: error.message } });
              throw error;
            }
          },
          close: () => {
            isClosed = true;
            return Promise.resolve();
          },
        });
      }),
  };
}

export const operation = (over: Partial<Operation> = {}): Operation => ({
  id: 12,
  kind: 'move',
  undoes: null,
  isBack: over.undoes !== undefined && over.undoes !== null,
  target: 'Photos › Sorted',
  state: 'done',
  reason: null,
  started: '2026-11-25T08:57:15.123Z',
  files: 1204,
  done: 1204,
  left: 0,
  undone: 0,
  ...over,
});

export const report = (over: Partial<Operation> = {}, more: Partial<OperationReport> = {}): OperationReport => ({
  operation: operation(over),
  left: [],
  lost: [],
  ...more,
});

export const plan = (over: Partial<SortPlan> = {}): SortPlan => ({
  id: 3,
  target: { id: 7, path: '/home/me/Photos/Sorted', name: 'Photos › Sorted' },
  photos: 1180,
  files: 1204,
  bytes: 4.2e9,
  withCompanions: 24,
  folders: [
    { path: 'Beach/2024', files: 312, bytes: 1.1e9 },
    { path: 'Dogs/2023', files: 892, bytes: 3.1e9 },
  ],
  renamed: 3,
  staying: [{ code: 'review', message: 'they are in Review', files: 35, examples: ['IMG_9.jpg', 'IMG_10.jpg', 'IMG_11.jpg'] }],
  copied: { files: 1204, bytes: 4.2e9 },
  free: { bytes: 120e9, of: 500e9 },
  problem: null,
  ...over,
});
