/** Asks the engine as the page asks it, typed by the contract. The page's own types stay out of here, so that benches can ask too. */
import type { Page } from 'playwright';
import type { Bridge } from '../../src-main/contract/bridge.ts';
import type { Params, Result, ViewRequestName } from '../../src-main/contract/requests.ts';

interface Bridged {
  readonly squint: Bridge;
}

export async function ask<N extends ViewRequestName>(page: Page, name: N, params: Params<N>): Promise<Result<N>> {
  const reply = await page.evaluate(([what, about]) => (globalThis as unknown as Bridged).squint.request(what, about), [
    name,
    params,
  ] as const);
  if (!reply.ok) throw new Error(reply.problem.message);
  return reply.value as Result<N>;
}
