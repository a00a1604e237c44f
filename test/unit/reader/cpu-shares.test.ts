import { expect, it } from 'vitest';
import { CpuShares } from '../../../src-main/reader/cpu-shares.ts';

it('CPU time is divided among the reads in flight, and adds up to what was spent while there were any', () => {
  let cpu = 500; // the start of the process: nobody's
  const shares = new CpuShares(() => cpu);
  const first = shares.start();
  cpu += 10; // first alone
  const second = shares.start();
  cpu += 20; // both
  expect(shares.finish(first)).toBe(20);
  cpu += 7; // second alone
  const third = shares.start();
  cpu += 6; // second and third
  expect(shares.finish(second)).toBe(20);
  expect(shares.finish(third)).toBe(3);
  cpu += 100; // nothing in flight
  const fourth = shares.start();
  cpu += 1;
  expect(shares.finish(fourth)).toBe(1);
});

it('the process clock is the default', () => {
  const shares = new CpuShares();
  const read = shares.start();
  const end = process.cpuUsage().user + 10_000; // microseconds
  while (process.cpuUsage().user < end); // work
  expect(shares.finish(read)).toBeGreaterThan(5);
});
