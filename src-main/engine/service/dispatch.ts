/** One door for every host: look up the request, check who asks and what with, run it, and answer with a value or a problem. */
import * as v from 'valibot';
import type { Reply } from '../../contract/bridge.ts';
import { SquintError, toProblem } from '../../contract/errors.ts';
import { type Params, type RequestName, type Result, requests } from '../../contract/requests.ts';

export type Handlers = { readonly [N in RequestName]: (params: Params<N>) => Result<N> | Promise<Result<N>> };

/** Whose word a request is: a page's, which may be anyone's, or the host's own. */
export type From = 'view' | 'host';

export type Dispatch = (from: From, name: string, params: unknown) => Promise<Reply<unknown>>;

/** @param log gets every error that Squint has no words for */
export function dispatcher(handlers: Handlers, log: (error: unknown) => void): Dispatch {
  return async (from, name, params) => {
    try {
      if (!isRequest(name)) throw new SquintError('unknown-request', `Squint has no request named "${name}".`);
      if (from === 'view' && requests[name].from === 'host') {
        throw new SquintError('not-for-views', `The request "${name}" is not a page's to make.`);
      }
      const parsed = v.safeParse(requests[name].params, params);
      if (!parsed.success) throw new SquintError('bad-request', `${name}: ${v.summarize(parsed.issues)}`);
      const handle = handlers[name] as (params: unknown) => unknown;
      return { ok: true, value: await handle(parsed.output) };
    } catch (error) {
      if (error instanceof SquintError) return { ok: false, problem: toProblem(error) };
      log(error);
      return { ok: false, problem: { ...toProblem(error), hint: 'Your photos were not changed. The log has the details.' } };
    }
  };
}

const isRequest = (name: string): name is RequestName => Object.hasOwn(requests, name);
