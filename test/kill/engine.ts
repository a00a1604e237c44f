/** The engine's service as the kill harness drives it, in its own process and in the one that is killed; and the small pack that it runs. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Notice } from '../../src-main/contract/notices.ts';
import type { Params, RequestName, Result } from '../../src-main/contract/requests.ts';
import { type Service, startService } from '../../src-main/engine/service/index.ts';
import { calibrateByHand } from '../unit/engine/packs.ts';

const photos32 = fileURLToPath(new URL('../fixtures/packs/photos32', import.meta.url));

/** In place of a pack's folder: the service opens without one, and looks at no photo. */
export const noPack = '/no pack';

export class Engine {
  readonly #service: Service;

  private constructor(service: Service) {
    this.#service = service;
  }

  /** @throws {SquintError} as the service does */
  static async open(home: string, pack: string, tell: (notice: Notice) => void = () => {}): Promise<Engine> {
    return new Engine(await startService({ home, pack, resources: join(home, 'no resources'), version: '0', tell }));
  }

  /** @throws where the service refuses */
  async ask<N extends RequestName>(name: N, params: Params<N>): Promise<Result<N>> {
    const reply = await this.#service.request('host', name, params);
    if (!reply.ok) throw new Error(`${name}: ${reply.problem.code}: ${reply.problem.message}`);
    return reply.value as Result<N>;
  }

  /** Until scans, run and operation have ended. */
  async quiet(): Promise<Result<'library.state'>> {
    for (;;) {
      const state = await this.ask('library.state', {});
      const runs = state.run !== null && ['counting', 'running', 'paused', 'stopping'].includes(state.run.state);
      if (!runs && state.roots.every(({ scanning }) => !scanning) && (await this.ask('operations.now', {})) === null) return state;
      await after(5);
    }
  }

  async ids(): Promise<number[]> {
    return (await this.ask('photos.ids', { filter: {}, order: 'name', after: null, limit: 20_000 })).ids;
  }

  close(): Promise<void> {
    return this.#service.close();
  }
}

/** Makes the small pack, and a home that knows how long this computer takes for it, so that no other has to find out. */
export async function smallPack(folder: string): Promise<{ readonly pack: string; readonly machine: string }> {
  const [pack, home] = [join(folder, 'pack'), join(folder, 'home to measure')];
  cpSync(photos32, pack, { recursive: true });
  await calibrateByHand(pack);
  mkdirSync(home);
  const engine = await Engine.open(home, pack);
  while (!existsSync(join(home, 'machine.json'))) await after(20);
  await engine.close();
  const machine = readFileSync(join(home, 'machine.json'), 'utf8');
  rmSync(home, { recursive: true });
  return { pack, machine };
}
