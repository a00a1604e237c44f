import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { scan } from '../../../src-main/library/index.ts';
import { type FromReader, type ToReader, readerProgram } from '../../../src-main/reader/index.ts';
import { cat, fixture, sharedPhotos, temporaryFolder, want } from './made.ts';

const folder = temporaryFolder();

type Answer = Extract<FromReader, { type: 'pixels' | 'failed' }>;

/** Asks a reader for all paths at once. */
async function askAll(reader: ChildProcess, paths: readonly string[]): Promise<Map<number, Answer[]>> {
  const answers = new Map<number, Answer[]>();
  await new Promise<void>((resolve) => {
    reader.on('message', (message: FromReader) => {
      if (message.type !== 'pixels' && message.type !== 'failed') return;
      answers.set(message.seq, [...(answers.get(message.seq) ?? []), message]);
      if (answers.size === paths.length) resolve();
    });
    paths.forEach((path, seq) => reader.send({ type: 'read', seq, path, want: want('scaled') } satisfies ToReader));
  });
  return answers;
}

const start = (): ChildProcess => fork(fileURLToPath(readerProgram), { serialization: 'advanced' });

describe('the reader process', () => {
  it('answers each read exactly once, pixels as bytes, and ends when told to stop, with what it used', async () => {
    const photo = join(folder, 'photo.jpg');
    await writeFile(photo, await cat(640, 480).jpeg().toBuffer());
    const reader = start();
    const answers = await askAll(reader, [photo, join(folder, 'gone.jpg'), fixture('heic-single.heic'), photo]);
    await pause(50); // time for an answer too many
    expect([...answers.values()].map((list) => list.length)).toEqual([1, 1, 1, 1]);
    expect(answers.get(0)?.[0]).toMatchObject({ type: 'pixels', pixels: { width: 640 } });
    expect(answers.get(1)?.[0]).toMatchObject({ type: 'failed', skipped: false, problem: { code: 'missing' } });
    const first = answers.get(0)?.[0];
    expect(first?.type === 'pixels' && first.pixels.pictures[0]).toBeInstanceOf(Uint8Array);
    const [stopped, ended] = [once(reader, 'message'), once(reader, 'exit')];
    reader.send({ type: 'stop' } satisfies ToReader);
    const [{ cpuMs }] = (await stopped) as [{ cpuMs: number }];
    const shares = [...answers.values()].flat().map((answer) => (answer.type === 'pixels' ? answer.pixels.cpuMs : answer.cpuMs));
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThan(cpuMs);
    await ended;
  });

  it.skipIf(process.platform === 'win32')('ends by itself when the engine dies, also in the middle of a decode', async () => {
    const program = join(folder, 'engine.mjs');
    await writeFile(program, engineFor(fixture('heic-single.heic')));
    const engine = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [pid] = (await once(engine.stdout, 'data')) as [Buffer];
    engine.kill('SIGKILL');
    const deadline = performance.now() + 5000;
    while (runs(Number(String(pid))) && performance.now() < deadline) await pause(20);
    expect(runs(Number(String(pid)))).toBe(false);
  });
});

describe.skipIf(!existsSync(sharedPhotos))('real files, eight at a time', () => {
  it('are read or refused with a code and a sentence, within 700 MB', async () => {
    const paths: string[] = [];
    const folders = ['hostile', 'hostile/.hidden.jpg', 'formats', 'orientation'].map((name) => join(sharedPhotos, name));
    for await (const found of scan(folders)) if (found.kind === 'photo') paths.push(found.path);
    const reader = start();
    const answers: [string, Answer][] = [];
    for (let i = 0; i < paths.length; i += 8) {
      const some = paths.slice(i, i + 8);
      for (const [seq, [answer]] of await askAll(reader, some)) answers.push([some[seq]!, answer!]);
      reader.removeAllListeners('message');
    }
    if (process.platform === 'linux') {
      const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(reader.pid)}/status`, 'utf8'));
      expect(Number(peak?.[1])).toBeLessThan(700_000);
    }
    reader.kill();
    const outcomes = new Map(answers.map(([path, answer]) => [path.slice(sharedPhotos.length + 1), outcome(answer)]));
    expect(outcomes.size).toBe(paths.length);
    expect([...outcomes].filter(([, said]) => said === 'without a sentence')).toEqual([]);
    expect(Object.fromEntries([...outcomes].filter(([, said]) => said !== 'read'))).toEqual(notSound);
  }, 120_000);

  it('show the same photo under each of the eight orientations', async () => {
    const { readPhoto } = await import('../../../src-main/reader/read.ts');
    for (const kind of ['Landscape', 'Portrait']) {
      const pictures: Uint8Array[] = [];
      for (let n = 1; n <= 8; n++) {
        const pixels = await readPhoto(join(sharedPhotos, 'orientation', `${kind}_${n}.jpg`), want('scaled'));
        if ('problem' in pixels) throw new Error(pixels.problem.message);
        pictures.push(pixels.pictures[0]!);
      }
      for (const picture of pictures) {
        const apart = picture.reduce((sum, byte, i) => sum + Math.abs(byte - pictures[0]![i]!), 0) / picture.length;
        expect(apart).toBeLessThan(10);
      }
    }
  });

  it('in camera/ are all read', async () => {
    const reader = start();
    const table = await readFile(join(sharedPhotos, 'camera/EXPECTED.tsv'), 'utf8');
    const names = table
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split('\t')[0]!);
    const answers = await askAll(
      reader,
      names.map((name) => join(sharedPhotos, 'camera', name)),
    );
    reader.kill();
    expect([...answers.values()].map(([answer]) => answer && outcome(answer))).toEqual(names.map(() => 'read'));
  });
});

function outcome(answer: Answer): string {
  if (answer.type === 'pixels') return answer.pixels.damaged ? 'damaged, read in part' : 'read';
  if (!/^[A-Z].+\.$/.test(answer.problem.message)) return 'without a sentence';
  return `${answer.skipped ? 'skipped' : 'failed'}: ${answer.problem.code}`;
}

/** Every file of formats/ and hostile/ that is not simply read. */
const notSound = {
  'formats/bmp-24bit.bmp': 'skipped: format-not-read',
  'formats/bmp-palette-photo.bmp': 'skipped: format-not-read',
  'formats/bmp-palette.bmp': 'skipped: format-not-read',
  'formats/bmp-small.bmp': 'skipped: format-not-read',
  'formats/ico-favicon.ico': 'skipped: format-not-read',
  'formats/jpeg2000.jp2': 'skipped: format-not-read',
  'formats/svg-logo.svg': 'skipped: format-not-read',
  'hostile/avif-17000x17000.avif': 'failed: too-large',
  'hostile/bad-really-big.bmp': 'skipped: format-not-read',
  'hostile/bad-short-file.bmp': 'skipped: format-not-read',
  'hostile/broken-data-stream.png': 'damaged, read in part',
  'hostile/broken.png': 'failed: not-recognised',
  'hostile/corrupt-header.jpg': 'failed: damaged',
  'hostile/corrupted.heic': 'failed: damaged',
  'hostile/empty.heic': 'failed: empty',
  'hostile/gif-decompression-bomb.gif': 'failed: damaged',
  'hostile/github-367.heic': 'failed: damaged',
  'hostile/html.jpg': 'skipped: not-a-picture',
  'hostile/only-header.jpg': 'failed: damaged',
  'hostile/png-65536-limit.png': 'failed: too-large',
  'hostile/poc-1793.heic': 'failed: damaged',
  'hostile/poc-712.tif': 'failed: damaged',
  'hostile/text.jpg': 'skipped: not-a-picture',
  'hostile/truncated-2.jpg': 'damaged, read in part',
  'hostile/truncated.jpg': 'damaged, read in part',
  'hostile/truncated.png': 'damaged, read in part',
  'hostile/zero-bytes.jpg': 'failed: empty',
};

/** A program that forks a reader, gives it a photo and tells its process id. */
const engineFor = (photo: string): string => `
  import { fork } from 'node:child_process';
  const reader = fork(${JSON.stringify(fileURLToPath(readerProgram))}, { serialization: 'advanced' });
  reader.on('message', () => {
    reader.send({ type: 'read', seq: 0, path: ${JSON.stringify(photo)}, want: ${JSON.stringify(want('scaled'))} });
    setTimeout(() => console.log(reader.pid), 50);
  });`;

/** Whether a process runs; one that has ended and that nobody asks after (state Z) does not. */
function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
