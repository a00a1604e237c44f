/** A host as the tests need it: asks the service by the contract, checks every answer against it, and remembers what it was told. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import * as v from 'valibot';
import type { Problem } from '../../../../src-main/contract/errors.ts';
import { Row, RunState } from '../../../../src-main/contract/library.ts';
import type { Notice } from '../../../../src-main/contract/notices.ts';
import { type Params, type RequestName, type Result, requests } from '../../../../src-main/contract/requests.ts';
import { type Service, startService } from '../../../../src-main/engine/service/index.ts';
import { fixture } from '../../reader/made.ts';

export class Window {
  readonly notices: { readonly at: number; readonly notice: Notice }[] = [];
  readonly #service: Service;

  private constructor(service: Service, notices: Window['notices']) {
    this.#service = service;
    this.notices = notices;
  }

  static async open(home: string, pack: string, resources = join(home, 'no resources')): Promise<Window> {
    const notices: Window['notices'] = [];
    const tell = (notice: Notice): void => {
      if (notice.type === 'run') v.parse(RunState, notice.run);
      if (notice.type === 'rows') v.parse(v.array(Row), notice.rows);
      notices.push({ at: performance.now(), notice });
    };
    return new Window(await startService({ home, resources, version: '0', tell, pack }), notices);
  }

  /** @throws where the service refuses */
  async ask<N extends RequestName>(name: N, params: Params<N>): Promise<Result<N>> {
    const reply = await this.#service.request('host', name, params);
    if (!reply.ok) throw new Error(`${name}: ${reply.problem.code}: ${reply.problem.message}`);
    return v.parse(requests[name].result, reply.value);
  }

  /** What is refused, and how. */
  async refusal(name: string, params: unknown, from: 'view' | 'host' = 'view'): Promise<Problem> {
    const reply = await this.#service.request(from, name, params);
    if (reply.ok) throw new Error(`${name} was not refused`);
    return reply.problem;
  }

  told<T extends Notice['type']>(type: T): (Notice & { type: T })[] {
    return this.notices.flatMap(({ notice }) => (notice.type === type ? [notice as Notice & { type: T }] : []));
  }

  async run(): Promise<RunState | null> {
    return (await this.ask('library.state', {})).run;
  }

  /** Until scans and run have ended. */
  async quiet(): Promise<RunState | null> {
    for (;;) {
      const { roots, run } = await this.ask('library.state', {});
      const goes = run !== null && ['counting', 'running', 'paused', 'stopping'].includes(run.state);
      if (!goes && roots.every(({ scanning }) => !scanning)) return run;
      await after(20);
    }
  }

  async ids(filter: Params<'photos.ids'>['filter'] = {}): Promise<number[]> {
    return (await this.ask('photos.ids', { filter, order: 'name', after: null, limit: 20_000 })).ids;
  }

  async rows(filter: Params<'photos.ids'>['filter'] = {}): Promise<Row[]> {
    return this.ask('photos.rows', { ids: await this.ids(filter) });
  }

  close(): Promise<void> {
    return this.#service.close();
  }
}

/** A folder for a test, and its removal. */
export function folder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'squint-service-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await after(10);
}

/** Fills a folder with photos that show the same cat and differ in their bytes. */
export function manyCats(path: string, count: number, from = 0): void {
  mkdirSync(path, { recursive: true });
  const bytes = readFileSync(fixture('cat.jpg'));
  for (let i = from; i < from + count; i++) writeFileSync(join(path, `cat ${i}.jpg`), Buffer.concat([bytes, Buffer.from(`cat ${i}`)]));
}

/** What this computer takes for a pack, measured once: `machine.json` for homes of tests, which then need not measure. */
export async function measuredMachine(pack: string): Promise<string> {
  const { path, remove } = folder();
  const window = await Window.open(path, pack);
  await until(() => existsSync(join(path, 'machine.json')));
  await window.close();
  const machine = readFileSync(join(path, 'machine.json'), 'utf8');
  remove();
  return machine;
}
