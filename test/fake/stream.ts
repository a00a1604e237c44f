/** Verdicts that stream in as from a run at full speed: for the photos that the page last asked for, at most 20 notices a second. */
import type { Fake } from './bridge.ts';
import { runOf, sortedRow } from './bridge.ts';

const noticesASecond = 20;

/** @returns ends it; tells how many verdicts there were */
export function stream(fake: Fake, verdictsASecond: number): () => number {
  const began = performance.now();
  const run = runOf(fake.rows.slice(0, 1000), 'running');
  let told = 0;
  let notices = 0;
  const timer = setInterval(() => {
    const due = Math.round(((performance.now() - began) / 1000) * verdictsASecond) - told;
    const shown = fake.asked.findLast(({ name }) => name === 'photos.show')?.params as { ids: number[] } | undefined;
    const ids = shown?.ids ?? [1];
    const rows = Array.from({ length: due }, (_, i) => {
      const row = sortedRow(ids[(told + i) % ids.length]!);
      return { ...row, confidence: 0.5 + ((told + i) % 50) / 100 }; // another each time, so that something changes on screen
    });
    told += due;
    fake.tell({ type: 'rows', rows });
    if (notices++ % (noticesASecond / 4) === 0) {
      fake.tell({ type: 'counts', counts: { ...fake.state.counts, waiting: fake.state.counts.waiting - told } });
      fake.tell({ type: 'run', run: { ...run, done: told } });
    }
  }, 1000 / noticesASecond);
  return () => {
    clearInterval(timer);
    return told;
  };
}
