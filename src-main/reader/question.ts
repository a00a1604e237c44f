/** How every question is answered: with what it cost, and never by an exception, since what is wrong with a file is a value. */
import { toProblem } from '../contract/errors.ts';
import { CpuShares } from './cpu-shares.ts';
import { isSkipped } from './problems.ts';
import type { Cost, NotRead } from './protocol.ts';

/** Counts the bytes that an answer took from its file. */
export interface Spent {
  bytes: number;
}

const shares = new CpuShares();

/** Never rejects for a file's sake. Several may be in flight. */
export async function answered<T>(answer: (spent: Spent) => Promise<T>): Promise<(T & Cost) | NotRead> {
  const share = shares.start();
  const began = performance.now();
  const spent = { bytes: 0 };
  try {
    const found = await answer(spent);
    return { ...found, bytes: spent.bytes, ms: performance.now() - began, cpuMs: shares.finish(share) };
  } catch (error) {
    const problem = toProblem(error);
    return { problem, skipped: isSkipped(problem.code), bytes: spent.bytes, cpuMs: shares.finish(share) };
  }
}
