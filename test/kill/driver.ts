/**
 * The engine in a process of its own, at work until it is killed: `driver.ts HOME PACK JOB`. It tells on stdout, one JSON object a line, when
 * the work begins and ends, which photos it has told to be sorted, and which names it has taken behind the plan's back, as others may.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Engine } from './engine.ts';

export type Job =
  | { readonly do: 'open' } // what a start does by itself: settle, look through the folders
  | { readonly do: 'scan'; readonly folder: string }
  | { readonly do: 'classify'; readonly from: 'the start' | 'the first verdict' } // when its work is said to begin
  | {
      readonly do: 'sort';
      readonly how: 'copy' | 'move';
      readonly target: string;
      readonly ids: readonly number[];
      readonly collisions: 'number' | 'skip';
      readonly intrudersEvery: number; // of the names that photos are to get
    }
  | { readonly do: 'undo'; readonly operation: number };

export type Line =
  | { readonly type: 'begin' }
  | { readonly type: 'end' }
  | { readonly type: 'sorted'; readonly ids: readonly number[] }
  | { readonly type: 'intruder'; readonly path: string };

const tell = (line: Line): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

const [home = '', pack = '', text = ''] = process.argv.slice(2);
const job = JSON.parse(text) as Job;
let hasBegun = false;
const begin = (): void => {
  hasBegun = true;
  tell({ type: 'begin' });
};
if (job.do === 'open') begin();
const engine = await Engine.open(home, pack, (notice) => {
  if (job.do !== 'classify' || notice.type !== 'rows') return;
  const ids = notice.rows.filter(({ state }) => state === 'sorted').map(({ id }) => id);
  tell({ type: 'sorted', ids });
  if (ids.length > 0 && !hasBegun) begin();
});
await engine.quiet();
await work();
await engine.quiet();
tell({ type: 'end' });
await engine.close();

async function work(): Promise<unknown> {
  if (job.do === 'open') return;
  if (job.do === 'sort') return sort(job);
  if (job.do !== 'classify' || job.from === 'the start') begin();
  if (job.do === 'scan') return engine.ask('roots.add', { paths: [job.folder] });
  if (job.do === 'undo') return engine.ask('operations.undo', { operation: job.operation, photos: null });
  return engine.ask('run.start', { filter: {} });
}

async function sort({ how, target, ids, collisions, intrudersEvery }: Job & { do: 'sort' }): Promise<void> {
  const { id } = await engine.ask('targets.grant', { path: target });
  const plan = await engine.ask('sort.plan', {
    ...{ of: { kind: 'photos', ids: [...ids] }, how, target: id, pattern: '{collection}', collisions, review: false, rejects: false },
  });
  for (const { path } of plan.folders) {
    const files = await engine.ask('sort.files', { plan: plan.id, folder: path, from: 0, limit: 200 });
    for (const { to } of files.filter((_, i) => i % intrudersEvery === intrudersEvery - 1)) intrude(join(target, to), to);
  }
  begin();
  await engine.ask('sort.begin', { plan: plan.id });
}

/** Somebody else's file gets the name. */
function intrude(path: string, to: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch {
    return; // a file has the folder's name
  }
  tell({ type: 'intruder', path });
  writeFileSync(path, `somebody else's ${to}`, { flag: 'wx' });
}
