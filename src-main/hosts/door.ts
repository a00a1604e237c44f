/**
 * The door between a page and everything else, the same for every host: what the host answers itself, and what the engine answers to a view.
 * The engine refuses a page what only a host may ask.
 */
import * as v from 'valibot';
import type { Reply } from '../contract/bridge.ts';
import { SquintError, toProblem } from '../contract/errors.ts';
import { type HostRequestName, type Params, type RequestName, type Result, hostRequests } from '../contract/requests.ts';

export interface Engine {
  /** Never rejects: failures are values. `from`: whose word it is. */
  request(from: 'view' | 'host', name: string, params: unknown): Promise<Reply<unknown>>;
}

export type HostName = 'electron' | 'web';
type AnsweredIn<H extends HostName> = {
  [N in HostRequestName]: H extends (typeof hostRequests)[N]['in'][number] ? N : never;
}[HostRequestName];

/** One handler for each request that this host answers. */
export type HostHandlers<H extends HostName> = { readonly [N in AnsweredIn<H>]: (params: Params<N>) => Result<N> | Promise<Result<N>> };

/** Answers what a page asks. Never rejects. */
export type Door = (name: string, params: unknown) => Promise<Reply<unknown>>;

export function doorOf<H extends HostName>(engine: Engine, handlers: HostHandlers<H>): Door {
  return async (name, params) => {
    if (!isAnswered(name, handlers)) return engine.request('view', name, params);
    try {
      const parsed = v.safeParse(hostRequests[name].params, params);
      if (!parsed.success) throw new SquintError('bad-request', `${name}: ${v.summarize(parsed.issues)}`);
      const handle = handlers[name] as (params: unknown) => unknown;
      return { ok: true, value: await handle(parsed.output) };
    } catch (error) {
      return { ok: false, problem: toProblem(error) };
    }
  };
}

/**
 * What the host itself asks of the engine.
 *
 * @throws {SquintError} the engine's problem
 */
export async function ask<N extends RequestName>(engine: Engine, name: N, params: Params<N>): Promise<Result<N>> {
  const reply = await engine.request('host', name, params);
  if (reply.ok) return reply.value as Result<N>; // the engine answers by the same table
  const { code, message, hint } = reply.problem;
  throw new SquintError(code, message, hint === undefined ? {} : { hint });
}

const isAnswered = <H extends HostName>(name: string, handlers: HostHandlers<H>): name is AnsweredIn<H> => Object.hasOwn(handlers, name);
