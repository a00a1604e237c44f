import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import papa from 'papaparse';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunEvent, type Verdict } from '../../../../src-main/contract/events.ts';
import { manyCats } from '../../engine/service/window.ts';
import { treeOf } from '../../../tree-of.ts';
import { photos32 } from '../../packs/fixture-packs.ts';
import { fixture } from '../../reader/made.ts';

const cli = fileURLToPath(new URL('../../../../src-main/hosts/cli/main.ts', import.meta.url));
let root = '';
let env: NodeJS.ProcessEnv = {};

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'squint cli '));
  mkdirSync(join(root, 'photos'));
  copyFileSync(fixture('cat.jpg'), join(root, 'photos', 'cat.jpg'));
  copyFileSync(fixture('webp-animated.webp'), join(root, 'photos', 'moving.webp'));
  env = { ...process.env, SQUINT_HOME: join(root, 'home'), INIT_CWD: root, FORCE_COLOR: undefined, NO_COLOR: undefined };
});
afterAll(() => rmSync(root, { recursive: true }));

interface Ended {
  readonly status: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const squint = (args: readonly string[], input = '', more: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const options = { env: { ...env, ...more }, encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
    const child = execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : error.code, stdout, stderr });
    });
    child.stdin?.end(input);
  });

/** Another process that has a library open. */
async function holding(folder: string): Promise<ChildProcess> {
  const catalog = new URL('../../../../src-main/catalog/index.ts', import.meta.url);
  const script = `import { openCatalog } from ${JSON.stringify(fileURLToPath(catalog))};
    globalThis.catalog = openCatalog(${JSON.stringify(folder)}, 'the Squint window');
    setInterval(() => {}, 1000);
    console.log('open');`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

const events = (stdout: string): RunEvent[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => v.parse(RunEvent, JSON.parse(line)));

describe('squint classify', () => {
  it('sorts the photos of a folder named from where the person stands, and changes none', async () => {
    const before = readFileSync(join(root, 'photos', 'cat.jpg'));
    const { status, stdout, stderr } = await squint(['classify', 'photos', '--preset', 'full']);
    expect(stderr).toContain('full, on the cpu: 2 files.');
    expect(stdout).toMatch(/2 photos in [\d.]+ s/);
    expect(stdout).toContain('No file was changed.');
    expect(status).toBe(0);
    expect(readFileSync(join(root, 'photos', 'cat.jpg')).equals(before)).toBe(true);
  });

  it('writes nothing but JSON lines to standard output with --json, and no control codes', async () => {
    const { stdout, stderr } = await squint(['classify', 'photos', '--json', '--preset', 'full']);
    expect(events(stdout).map(({ type }) => type)).toEqual(['start', 'verdict', 'verdict', 'summary']);
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it('ends with 3 where a photo could not be sorted, and tells why', async () => {
    writeFileSync(join(root, 'empty.jpg'), '');
    const { status, stdout } = await squint(['classify', 'photos', 'empty.jpg', '--preset', 'full']);
    expect(status).toBe(3);
    expect(stdout).toContain('1  The file is empty: it has 0 bytes.\n         empty.jpg\n');
  });

  it('tells where it looks and what it runs on standard error, also beside JSON', async () => {
    for (const json of [[], ['--json']]) {
      const { stderr } = await squint(['classify', 'photos', '--preset', 'full', ...json]);
      expect(stderr).toMatch(/^Looking for photos in photos …\n.+, full, on the cpu: 2 files\.\n$/);
    }
  });

  it('reads paths from standard input, one a line or separated by NUL', async () => {
    for (const separator of ['\n', '\0']) {
      const { stdout } = await squint(
        ['classify', '-', '--json', '--preset', 'full'],
        ['photos/cat.jpg', 'photos/moving.webp'].join(separator),
      );
      expect(events(stdout).filter(({ type }) => type === 'verdict')).toHaveLength(2);
    }
    const { status, stderr } = await squint(['classify', '-']);
    expect([status, stderr]).toEqual([1, expect.stringContaining('No path came on standard input.')]);
  });

  it('writes a new CSV file, and never over one that is there', async () => {
    const first = await squint(['classify', 'photos', '--preset', 'full', '--csv', 'out.csv']);
    expect(first.status).toBe(0);
    const rows = papa.parse<Record<string, string>>(readFileSync(join(root, 'out.csv'), 'utf8').trim(), { header: true }).data;
    expect(rows.map(({ path }) => path).sort()).toEqual([join(root, 'photos', 'cat.jpg'), join(root, 'photos', 'moving.webp')]);
    expect(Number(rows[0]!['confidence'])).toBeGreaterThan(0);
    const second = await squint(['classify', 'photos', '--preset', 'full', '--csv', 'out.csv']);
    expect([second.status, second.stderr]).toEqual([1, expect.stringContaining('is there already; it is not written over.')]);
    expect(readFileSync(join(root, 'out.csv'), 'utf8').split('\n')).toHaveLength(4);
  });

  it('has a line in the CSV for a photo that was not sorted, with the reason', async () => {
    writeFileSync(join(root, 'nothing.jpg'), '');
    await squint(['classify', 'nothing.jpg', '--preset', 'full', '--csv', 'refused.csv']);
    const [row] = papa.parse<Record<string, string>>(readFileSync(join(root, 'refused.csv'), 'utf8').trim(), { header: true }).data;
    expect(row).toMatchObject({ path: join(root, 'nothing.jpg'), pile: '', not_sorted: 'The file is empty: it has 0 bytes.' });
  });

  it('leaves no CSV behind where no run began', async () => {
    expect((await squint(['classify', 'no such folder', '--csv', 'none.csv'])).status).toBe(1);
    expect((await squint(['classify', 'photos', '--pack', 'no such pack', '--csv', 'none.csv'])).status).toBe(1);
    expect(existsSync(join(root, 'none.csv'))).toBe(false);
  });

  it('says where a CSV cannot be made', async () => {
    const { status, stderr } = await squint(['classify', 'photos', '--csv', join('no such folder', 'out.csv')]);
    expect([status, stderr]).toEqual([1, expect.stringContaining('out.csv could not be written (ENOENT).')]);
  });

  it('falls back visibly where the provider asked for is not there', async () => {
    const { status, stderr } = await squint(['classify', 'photos/cat.jpg', '--preset', 'full', '--no-catalog', '--provider', 'abacus']);
    expect(status).toBe(0);
    expect(stderr.replaceAll('\n', ' ')).toContain('Note: abacus is not built in on this system');
  });

  it('leaves nothing in the home of the person but its own, no telemetry of its libraries either', async () => {
    const home = join(root, 'person');
    mkdirSync(home);
    // onnxruntime keeps silent by itself where CI is set.
    const alone = { HOME: home, USERPROFILE: home, CI: undefined, ORT_DISABLE_TELEMETRY: undefined };
    await squint(['classify', 'photos', '--preset', 'full'], '', alone);
    await squint(['packs', 'verify', photos32], '', alone);
    expect(readdirSync(home)).toEqual([]);
  });

  it('sorts no more photos than asked for', async () => {
    const { stdout } = await squint(['classify', 'photos', '--limit', '1', '--json', '--preset', 'full']);
    expect(events(stdout).filter(({ type }) => type === 'verdict')).toHaveLength(1);
  });

  it.skipIf(process.platform === 'win32')(
    '[other system] ends in order at the first interrupt, with what is known and status 130',
    async () => {
      const many = join(root, 'many');
      mkdirSync(many);
      for (let i = 0; i < 300; i++) copyFileSync(fixture('cat.jpg'), join(many, `${i}.jpg`));
      const child = spawn(process.execPath, [cli, 'classify', many, '--json', '--no-catalog', '--preset', 'full', '--read', 'full'], {
        env,
      });
      let stdout = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (!stdout.includes('"verdict"') && text.includes('"verdict"')) child.kill('SIGINT');
        stdout += text;
      });
      const status = await new Promise((resolve) => child.on('close', resolve));
      const told = events(stdout);
      expect(status).toBe(130);
      expect(told.at(-1)).toMatchObject({ type: 'summary', how: 'stopped' });
      const verdicts = told.filter(({ type }) => type === 'verdict').length;
      expect(told.at(-1)).toMatchObject({ verdicts, notReached: 300 - verdicts });
    },
  );

  it.skipIf(process.platform === 'win32')('[other system] ends quietly when its reader has seen enough', async () => {
    const child = spawn(
      'bash',
      ['-c', `"$0" "$1" classify photos photos/cat.jpg --json --preset full | head -n 1`, process.execPath, cli],
      { env },
    );
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).not.toMatch(/Error|EPIPE|\n {4}at /);
  });

  it.skipIf(process.platform === 'win32')('[other system] stops waiting for paths at the first interrupt', async () => {
    const child = spawn(process.execPath, [cli, 'classify', '-', '--csv', 'waiting.csv'], { env });
    const waiting = setInterval(() => {
      if (!existsSync(join(root, 'waiting.csv'))) return;
      clearInterval(waiting);
      child.kill('SIGINT');
    }, 50);
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect(status).toBe(130);
    expect(existsSync(join(root, 'waiting.csv'))).toBe(false);
  });
});

describe('squint classify and the library', () => {
  const all = ['classify', 'many cats', '--json', '--preset', 'full'];
  const verdicts = (told: readonly RunEvent[]): Verdict[] => told.filter((event) => event.type === 'verdict');
  const library = (name: string): NodeJS.ProcessEnv => ({ SQUINT_HOME: join(root, name) });

  it('says how many photos were answered from it, in words and in the CSV', async () => {
    const home = library('answering');
    await squint(['classify', 'photos/cat.jpg', '--preset', 'full'], '', home);
    const some = await squint(['classify', 'photos', '--preset', 'full', '--csv', 'answered.csv'], '', home);
    expect(some.stdout).toContain('\n1 answered from the library, 1 new.\n');
    const { data } = papa.parse<Record<string, string>>(readFileSync(join(root, 'answered.csv'), 'utf8').trim(), { header: true });
    expect(data.map(({ path, stored }) => `${basename(path!)} ${stored!}`).sort()).toEqual(['cat.jpg true', 'moving.webp false']);
    const none = await squint(['classify', 'photos', '--preset', 'full'], '', home);
    expect(none.stdout).toContain('\nAll 2 answered from the library; none was looked at again.\n');
    expect(none.stdout).toMatch(/\n {2}Energy {3}none for photos; about .+ for looking them up\n/);
  });

  it('goes on where it was killed, and every photo has one verdict', async () => {
    const home = { ...env, ...library('killed') };
    manyCats(join(root, 'many cats'), 150);
    const child = spawn(process.execPath, [cli, ...all], { env: home });
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.split('"type":"verdict"').length > 30) child.kill('SIGKILL');
    });
    await new Promise((resolve) => child.on('close', resolve));
    expect(stdout).not.toContain('"type":"summary"');
    const second = await squint(all, '', home);
    const told = verdicts(events(second.stdout));
    expect(new Set(told.map(({ path }) => path)).size).toBe(150);
    expect(told).toHaveLength(150);
    const known = told.filter(({ stored }) => stored).length;
    expect(known).toBeGreaterThan(0);
    expect(known).toBeLessThan(150);
    expect(verdicts(events((await squint(all, '', home)).stdout)).every(({ stored }) => stored)).toBe(true);
  });

  it('ends with who holds it where another process does, and names the way round', async () => {
    const holder = await holding(join(root, 'held', 'library'));
    try {
      const { status, stdout, stderr } = await squint(['classify', 'photos', '--preset', 'full', '--csv', 'held.csv'], '', library('held'));
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toContain(
        `Error: The library ${join(root, 'held', 'library')} is in use by the Squint window (process ${holder.pid!}).`,
      );
      expect(stderr).toContain('--no-catalog classifies without the library.');
      expect(existsSync(join(root, 'held.csv'))).toBe(false);
      const without = await squint(['classify', 'photos', '--preset', 'full', '--no-catalog'], '', library('held'));
      expect([without.status, without.stdout.includes('library')]).toEqual([0, false]);
    } finally {
      holder.kill('SIGKILL');
    }
  });

  it('ends with what is wrong with a damaged one, which stays as it is', async () => {
    const path = join(root, 'damaged home', 'library', 'catalog.db');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'This is no library.'.repeat(100));
    const { status, stderr } = await squint(['classify', 'photos', '--preset', 'full'], '', library('damaged home'));
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('is damaged. It was left as it is; your photos were not touched.\nIt has no backup yet.'),
    ]);
    expect(readFileSync(path, 'utf8')).toBe('This is no library.'.repeat(100));
  });
});

describe('squint sort', () => {
  const library = (name: string): NodeJS.ProcessEnv => ({ SQUINT_HOME: join(root, name) });

  it.skipIf(process.platform === 'win32')(
    '[other system] that is killed while it moves loses nothing: the next command settles it, and it can be taken back',
    async () => {
      const home = { ...env, ...library('sorting') };
      manyCats(join(root, 'to sort'), 120);
      const before = treeOf(join(root, 'to sort'));
      const child = spawn(process.execPath, [cli, 'sort', 'to sort', '--to', 'sorted', '--move', '--yes', '--include-review'], {
        env: home,
      });
      let moving: NodeJS.Timeout | undefined;
      await new Promise((resolve) => {
        child.on('close', resolve);
        moving = setInterval(() => {
          if (!existsSync(join(root, 'sorted'))) return;
          clearInterval(moving);
          child.kill('SIGKILL');
        }, 1);
      });
      clearInterval(moving);
      const found = [
        ...Object.values(treeOf(join(root, 'to sort'))),
        ...Object.values(existsSync(join(root, 'sorted')) ? treeOf(join(root, 'sorted')) : {}),
      ];
      expect(new Set(found)).toEqual(new Set(Object.values(before)));

      // Whenever it was killed: before the operation was written down, within it, or after its last file.
      const { stdout, stderr } = await squint(['history', '--json'], '', home);
      const { done, left, state } = JSON.parse(stdout || '{"done":0,"left":120,"state":"none"}') as {
        done: number;
        left: number;
        state: string;
      };
      expect(done + left).toBe(120);
      const settled = /^Operation 1 was cut off when Squint last ended\. It was settled: \d+ files? done, \d+ left where they were\. $/;
      expect(settled.test(stderr.replaceAll('\n', ' '))).toBe(state === 'stopped');
      expect(Object.keys(treeOf(join(root, 'to sort')))).toHaveLength(left);
      if (done > 0) expect((await squint(['undo', '--yes'], '', home)).status).toBe(0);
      expect(treeOf(join(root, 'to sort'))).toEqual(before);
    },
  );

  it('ends with who holds the library where another process does', async () => {
    const holder = await holding(join(root, 'held sort', 'library'));
    try {
      const { status, stderr } = await squint(['sort', 'photos', '--to', 'sorted', '--copy', '--yes'], '', library('held sort'));
      expect([status, stderr]).toEqual([1, expect.stringContaining(`is in use by the Squint window (process ${holder.pid!}).`)]);
    } finally {
      holder.kill('SIGKILL');
    }
  });

  it('needs --yes where nobody watches', async () => {
    const { status, stderr } = await squint(['sort', 'photos', '--to', 'sorted', '--copy'], '', library('asking'));
    expect([status, stderr]).toEqual([2, expect.stringContaining('nobody can be asked here; say --yes to do it')]);
    expect(existsSync(join(root, 'asking'))).toBe(false);
  });
});

describe('squint packs', () => {
  it('shows what is in a pack', async () => {
    const { stdout } = await squint(['packs', 'info', photos32]);
    expect(stdout).toContain('1 (ranet)    32 px');
    expect(stdout).toContain('Collections  26: People; Dogs;');
  });

  it('finds a pack sound, or names the damaged file', async () => {
    expect(await squint(['packs', 'verify', photos32])).toMatchObject({
      status: 0,
      stdout: 'The pack is sound: every file is the one it was, and its networks run.\n',
    });
    const damaged = join(root, 'damaged');
    mkdirSync(damaged);
    for (const file of ['pack.json', 'README.md', 'ranet.safetensors']) copyFileSync(join(photos32, file), join(damaged, file));
    writeFileSync(join(damaged, 'ranet.safetensors'), 'x');
    const found = await squint(['packs', 'verify', 'damaged']);
    expect(found.status).toBe(1);
    expect(found.stdout).toContain('ranet.safetensors is damaged');
    const run = await squint(['classify', 'photos', '--pack', 'damaged', '--preset', 'full']);
    expect([run.status, run.stderr]).toEqual([1, expect.stringContaining('ranet.safetensors is damaged')]);
  });

  it('exports a RANet and takes it back', async () => {
    expect((await squint(['packs', 'export', photos32, '--onnx', 'exported'])).status).toBe(0);
    const { status, stdout } = await squint(['packs', 'import', 'exported/NETWORK.json', '--to', 'back']);
    expect(status).toBe(0);
    expect(stdout).toContain('1 (graphs)    32 px');
    expect(existsSync(join(root, 'back', 'pack.json'))).toBe(true);
  });

  it('puts a closer look behind a pack, and lists both', async () => {
    expect((await squint(['packs', 'export', photos32, '--onnx', 'closer'])).status).toBe(0);
    mkdirSync(join(root, 'packs', 'broken'), { recursive: true });
    const joined = await squint(['packs', 'join', photos32, '--with', 'closer/NETWORK.json', '--to', 'packs/joined']);
    expect([joined.stderr, joined.status]).toEqual(['', 0]);
    expect(joined.stdout).toContain('12  2 (graphs)    32 px');
    expect(joined.stdout).toContain('Calibrate it next: squint packs calibrate packs/joined --data TABLE');
    writeFileSync(join(root, 'packs', 'broken', 'pack.json'), '{');
    const { stdout } = await squint(['packs', 'list', 'packs']);
    expect(stdout).toMatch(/ {2}joined +photos32-interim +12 {2}no\n/);
    expect(stdout).toContain('broken is set aside: ');
    expect((await squint(['packs', 'list', 'photos'])).stdout).toBe(`There is no pack in ${join(root, 'photos')}.\n`);
  });

  it('prints logits, staged and unsplit alike', async () => {
    const picture = new Float32Array(3 * 32 * 32).map((_, i) => Math.sin(i));
    writeFileSync(join(root, 'input.f32'), picture);
    const logits = async (...more: string[]): Promise<number[]> => {
      const { stdout } = await squint(['packs', 'logits', photos32, '--input', 'input.f32', '--json', ...more]);
      return (JSON.parse(stdout) as { exits: { logits: number[] }[] }).exits.flatMap((exit) => exit.logits);
    };
    const [staged, unsplit] = [await logits(), await logits('--unsplit')];
    expect(staged).toHaveLength(6 * 26);
    staged.forEach((z, i) => expect(unsplit[i]).toBeCloseTo(z, 4));
    writeFileSync(join(root, 'short.f32'), 'abc');
    const { stderr } = await squint(['packs', 'logits', photos32, '--input', 'short.f32']);
    expect(stderr).toContain(
      'short.f32 has 3 bytes; expected a whole number of pictures of 3 x 32 x 32 float32 values a picture, 12288 bytes',
    );
  });

  it('calibrates a pack on labelled photos and evaluates it', async () => {
    for (const [collection, name] of [
      ['Cats', 'cat.jpg'],
      ['Dogs', 'webp-animated.webp'],
      ['Cats', 'jpeg-cmyk.jpg'],
      ['Dogs', 'gif-loop-3.gif'],
    ] as const) {
      mkdirSync(join(root, 'labelled', collection), { recursive: true });
      copyFileSync(fixture(name), join(root, 'labelled', collection, name));
    }
    expect((await squint(['packs', 'export', photos32, '--onnx', 'for-calibration'])).status).toBe(0);
    await squint(['packs', 'import', 'for-calibration/NETWORK.json', '--to', 'calibrated']);
    const calibrated = await squint(['packs', 'calibrate', 'calibrated', '--data', 'labelled', '--half', 'all']);
    expect([calibrated.stderr.includes('Error'), calibrated.status]).toEqual([false, 0]);
    expect(calibrated.stdout).toMatch(/^labelled: 4 photos\n/);
    expect(calibrated.stdout).toContain(`\nCalibrated ${join(root, 'calibrated')}.\n`);
    const { status, stdout } = await squint([
      'packs',
      'evaluate',
      'calibrated',
      '--data',
      'labelled',
      '--half',
      'all',
      '--previews',
      '--json',
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ on: 'labelled, with previews', failed: [], evaluation: { photos: 4 } });
    writeFileSync(join(root, 'about.md'), 'Knows cats and dogs.\n');
    const noted = await squint(['packs', 'evaluate', 'calibrated', '--data', 'labelled', '--half', 'all', '--card', 'about.md']);
    expect(noted.status).toBe(0);
    const card = readFileSync(join(root, 'calibrated', 'README.md'), 'utf8');
    expect(card.match(/^## On .*$/gm)).toEqual(['## On labelled (4 photos)']);
    expect(card).toContain('\n\nKnows cats and dogs.\n\n');
    const drawings = readdirSync(join(root, 'calibrated')).filter((name) => name.endsWith('.svg'));
    expect(drawings.sort()).toEqual(['confusion-labelled.svg', 'curve.svg', 'reliability-labelled.svg']);
    expect((await squint(['packs', 'verify', 'calibrated'])).status).toBe(0);
    expect((await squint(['classify', 'photos', '--pack', 'calibrated', '--preset', 'saver'])).status).toBe(0);
  });

  it('raises thresholds by margins, one per network', async () => {
    const calibrate = ['packs', 'calibrate', 'calibrated', '--data', 'labelled', '--half', 'all', '--margins'];
    const wrong = await squint([...calibrate, '1.6,0.8']);
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringContaining('has one network, but 2 margins were given for it.')]);
    expect((await squint([...calibrate, '1.6,'])).stderr).toContain('Expected numbers from 0 on with commas between, as 1.6,0.8,0.8.');
    expect((await squint([...calibrate, '1.6'])).status).toBe(0);
    const { calibration } = JSON.parse(readFileSync(join(root, 'calibrated', 'pack.json'), 'utf8')) as { calibration: object };
    expect(calibration).toMatchObject({ photos: 4, margins: [1.6] });
  });

  it('says that a pack without calibration has no presets', async () => {
    const { status, stderr } = await squint(['packs', 'evaluate', photos32, '--data', 'photos']);
    expect(status).toBe(1);
    expect(stderr).toContain('is not calibrated, so it has no presets to evaluate.');
  });
});

describe('the ends of a command', () => {
  it('are 0 for help, which is shown where nothing was asked for', async () => {
    const [none, help] = [await squint([]), await squint(['--help'])];
    expect(none.stdout).toContain('Usage: squint');
    expect([none.status, help]).toEqual([0, none]);
  });

  it('are 2 for a mistake', async () => {
    expect(await squint(['clasify', 'photos'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('(Did you mean classify?)') as string,
    });
  });

  it('are 1 for what fails, told in a sentence; the stack only where it is asked for', async () => {
    const { status, stderr } = await squint(['classify', 'no such folder', '--preset', 'full']);
    expect(status).toBe(1);
    expect(stderr).toContain(`Error: There is no file or folder ${join(root, 'no such folder')}.\nRelative paths start at `);
    expect(stderr).not.toContain('    at ');
    const debugged = await squint(['classify', 'no such folder', '--preset', 'full'], '', { SQUINT_DEBUG: '1' });
    expect(debugged.stderr).toContain('    at ');
  });
});
