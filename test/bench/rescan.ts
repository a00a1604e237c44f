/**
 * Looking through a folder again in which nothing changed, against `find -ls` on it: both ask for every file's name, size and time and open
 * none. In turns, in one run; of each the least is told, for other programs on the computer only add to it. Where other work has the cores,
 * CPU time tells more than the clock.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Catalog, openCatalog } from '../../src-main/catalog/index.ts';
import { scanRoot } from '../../src-main/library/index.ts';

const inFolder = 400;
const rounds = 5;

interface Took {
  readonly wallMs: number;
  readonly cpuMs: number;
}

export async function run([files = '100000']: readonly string[]): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'squint-rescan-')));
  try {
    const photos = join(folder, 'photos');
    makeTree(photos, Number(files));
    const catalog = openCatalog(join(folder, 'library'));
    const root = catalog.addRoot({ path: photos, scope: 'folder' });
    tell('first scan', await took(() => scan(catalog, root)));

    const found: Took[] = [];
    const scanned: Took[] = [];
    for (let round = 0; round < rounds; round++) {
      found.push(find(photos));
      scanned.push(await took(() => scan(catalog, root)));
    }
    const [least, leastOfFind] = [leastOf(scanned), leastOf(found)];
    tell('find -ls', leastOfFind);
    tell('scan, nothing changed', least);
    const ratio = (of: keyof Took): string => (least[of] / leastOfFind[of]).toFixed(2);
    console.log(`against find -ls: ${ratio('cpuMs')} × the CPU time, ${ratio('wallMs')} × the time`);
    const turns = await turnsDuring(() => scan(catalog, root));
    const at99 = turns[Math.floor(turns.length * 0.99)]!;
    console.log(`other work of the process waits ${at99.toFixed(1)} ms (p99), ${turns.at(-1)!.toFixed(1)} ms at most`);
    catalog.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function makeTree(folder: string, files: number): void {
  for (let n = 0; n < files; n++) {
    const day = join(folder, `20${10 + (Math.floor(n / inFolder) % 15)}`, `day ${Math.floor(n / inFolder)}`);
    if (n % inFolder === 0) mkdirSync(day, { recursive: true });
    writeFileSync(join(day, `IMG_${String(n).padStart(6, '0')}.JPG`), '');
  }
}

async function scan(catalog: Catalog, id: number): Promise<void> {
  const root = catalog.roots().find((one) => one.id === id)!;
  await scanRoot(root, [], { catalog, recorded: () => undefined, except: '/nowhere', signal: new AbortController().signal });
}

/** Its output goes nowhere: only what it costs to make it counts. */
function find(folder: string): Took {
  const script = 'find "$0" -ls > /dev/null; times';
  const began = performance.now();
  const { stdout } = spawnSync('sh', ['-c', script, folder], { encoding: 'utf8' });
  const wallMs = performance.now() - began;
  const cpuMs = [
    ...stdout
      .trim()
      .split('\n')
      .at(-1)!
      .matchAll(/(\d+)m([\d.]+)s/g),
  ].reduce((sum, [, minutes, seconds]) => sum + 60_000 * Number(minutes) + 1000 * Number(seconds), 0);
  return { wallMs, cpuMs };
}

async function took(work: () => Promise<void>): Promise<Took> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wallMs: performance.now() - began, cpuMs: (user + system) / 1000 };
}

/** @returns milliseconds of CPU of each turn of the event loop, the longest last: other programs do not lengthen them */
async function turnsDuring(work: () => Promise<void>): Promise<number[]> {
  const turns: number[] = [];
  const ends = new AbortController();
  const watching = (async () => {
    for (let before = process.threadCpuUsage(); !ends.signal.aborted; before = process.threadCpuUsage()) {
      await new Promise(setImmediate);
      const { user, system } = process.threadCpuUsage(before);
      turns.push((user + system) / 1000);
    }
  })();
  await work();
  ends.abort();
  await watching;
  return turns.sort((a, b) => a - b);
}

const leastOf = (all: readonly Took[]): Took => ({
  wallMs: Math.min(...all.map(({ wallMs }) => wallMs)),
  cpuMs: Math.min(...all.map(({ cpuMs }) => cpuMs)),
});

const tell = (what: string, { wallMs, cpuMs }: Took): void => {
  console.log(`${what}: ${wallMs.toFixed(0)} ms, ${cpuMs.toFixed(0)} ms of CPU`);
};
