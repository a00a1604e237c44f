/** Photos, a journal in memory and what it takes to carry out steps over them, on the real disk. */
import { mkdirSync, mkdtempSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  type Carrying,
  type Journal,
  type Settled,
  type Step,
  type Unit,
  realDisk,
} from '../../../../src-main/library/operations/index.ts';

export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'squint-operations-'));

const taken = Date.UTC(2019, 4, 6) / 1000;

export function write(path: string, bytes = path): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes, { flag: 'wx' });
  utimesSync(path, taken, taken);
}

let ids = 0;

export function step(kind: Step['kind'], source: string, target: string): Step {
  const { size, mtimeMs } = statSync(source);
  return { id: ++ids, kind, source, target, size, mtimeMs, hash: null, made: null };
}

/** What the catalogue does with a journal, without one. */
export class MemoryJournal implements Journal {
  readonly steps = new Map<number, Step>();
  readonly settled = new Map<number, Settled>();
  readonly folders: string[] = [];

  constructor(units: readonly Unit[]) {
    for (const one of units.flat()) this.steps.set(one.id, one);
  }

  retarget(steps: readonly { id: number; target: string }[]): void {
    for (const { id, target } of steps) this.steps.set(id, { ...this.steps.get(id)!, target });
  }

  made(steps: readonly { id: number; made: string }[]): void {
    for (const { id, made } of steps) this.steps.set(id, { ...this.steps.get(id)!, made });
  }

  folder(path: string): void {
    this.folders.push(path);
  }

  settle(settled: readonly Settled[]): void {
    for (const one of settled) this.settled.set(one.step.id, one);
  }

  /** Steps without an outcome, as the next start finds them. */
  unsettled(units: readonly Unit[]): Unit[] {
    return units.map((unit) => unit.map(({ id }) => this.steps.get(id)!)).filter((unit) => unit.some(({ id }) => !this.settled.has(id)));
  }

  outcomes(): string[] {
    return [...this.settled.values()].map((one) => (one.state === 'done' ? 'done' : one.reason.code));
  }
}

export function carrying(journal: Journal, grounds: readonly string[], more: Partial<Carrying> = {}): Carrying {
  return {
    disk: realDisk,
    ...{
      journal,
      grounds,
      token: 'abc',
      collisions: 'number',
      checksHashes: false,
      signal: new AbortController().signal,
      progress: () => undefined,
    },
    ...more,
  };
}
