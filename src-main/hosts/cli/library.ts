/** The library, for commands that work with it: the engine's service in this process, and what it tells. */
import { join } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { SquintError } from '../../contract/errors.ts';
import type { Notice } from '../../contract/notices.ts';
import type { Operation } from '../../contract/operations.ts';
import type { Params, RequestName, Result } from '../../contract/requests.ts';
import { squintHome } from '../../engine/index.ts';
import { startService } from '../../engine/service/index.ts';
import { type Engine, ask } from '../door.ts';
import type { Io } from './io.ts';
import { models } from './places.ts';
import { plural } from './present/numbers.ts';
import { wrap } from './present/text.ts';

export interface Library {
  /** @throws {SquintError} the engine's problem */
  ask<N extends RequestName>(name: N, params: Params<N>): Promise<Result<N>>;
  /**
   * What the question finds, asked again whenever something happens until it is not null.
   *
   * @throws {SquintError} `stopped` where the signal comes first
   */
  until<T>(question: () => Promise<T | null>, signal: AbortSignal): Promise<T>;
  /** Ends what goes in order. */
  close(): Promise<void>;
}

export type OpenLibrary = (io: Io) => Promise<Library>;

/** @throws {SquintError} why the library cannot be opened */
export const openLibrary: OpenLibrary = (io) => {
  const resources = join(models, '..');
  return libraryOver(io, (tell) => startService({ home: squintHome(), resources, version: manifest.version, quiet: true, tell }));
};

/** @param start starts the engine, which tells what happens */
export async function libraryOver(
  io: Io,
  start: (tell: (notice: Notice) => void) => Promise<Engine & { close(): Promise<void> }>,
): Promise<Library> {
  let happened = Promise.withResolvers<null>();
  const engine = await start(() => {
    happened.resolve(null);
    happened = Promise.withResolvers();
  });
  for (const operation of await ask(engine, 'operations.settled', {})) io.tell(wrap(settledOf(operation), io.err.width));
  return {
    ask: (name, params) => ask(engine, name, params),
    until: async (question, signal) => {
      const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      for (;;) {
        const next = happened.promise;
        const found = await question();
        if (found !== null) return found;
        if (!signal.aborted) await Promise.race([next, stopped]);
        if (signal.aborted) throw new SquintError('stopped', 'Stopped; what was found out so far is kept.');
      }
    },
    close: () => engine.close(),
  };
}

const settledOf = ({ id, done, left }: Operation): string =>
  `Operation ${id} was cut off when Squint last ended. It was settled: ${plural(done, 'file')} done, ${left} left where they were.`;
