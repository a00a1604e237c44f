/** CPU time of whole runs as the system counted it (every process, from start to end), beside what Squint claims, per preset. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Summary, presets } from '../../src-main/contract/events.ts';

const cli = fileURLToPath(new URL('../../src-main/hosts/cli/main.ts', import.meta.url));
const shipped = fileURLToPath(new URL('../../models/photos', import.meta.url));

export function run([folder, pack = shipped]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('energy FOLDER [PACK]: which folder?');
  const home = mkdtempSync(join(tmpdir(), 'squint-bench-'));
  try {
    classify(folder, pack, 'full', home); // measures this computer, and warms the file cache
    console.log('preset     photos   CPU s, system   CPU s, claimed   of which read / network / overhead   J a photo (low … high)');
    for (const preset of presets) {
      const { summary, systemSeconds } = classify(folder, pack, preset, home);
      const { read, network, overhead } = summary.busySeconds;
      const { joules, low, high } = summary.energy;
      const each = (total: number): string => (total / summary.verdicts).toPrecision(2);
      console.log(
        preset.padEnd(9) +
          String(summary.verdicts).padStart(8) +
          systemSeconds.toFixed(2).padStart(16) +
          (read + network + overhead).toFixed(2).padStart(17) +
          `${read.toFixed(2)} / ${network.toFixed(2)} / ${overhead.toFixed(2)}`.padStart(37) +
          `${each(joules)} (${each(low)} … ${each(high)})`.padStart(27),
      );
    }
  } finally {
    rmSync(home, { recursive: true });
  }
  return Promise.resolve();
}

/** `times` of the shell adds up all its children that have ended, and theirs. */
function classify(folder: string, pack: string, preset: string, home: string): { summary: Summary; systemSeconds: number } {
  const script = '"$0" "$1" classify "$2" --no-catalog --pack "$3" --preset "$4" --json 2>/dev/null; times';
  const output = execFileSync('bash', ['-c', script, process.execPath, cli, folder, pack, preset], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    env: { ...process.env, SQUINT_HOME: home },
  });
  const lines = output.trim().split('\n');
  const seconds = lines
    .at(-1)!
    .split(' ')
    .map((time) => {
      const [minutes, rest] = time.replace('s', '').split('m');
      return Number(minutes) * 60 + Number(rest);
    });
  const summary = lines
    .slice(0, -2)
    .map((line) => JSON.parse(line) as { type: string })
    .find(({ type }) => type === 'summary') as Summary;
  return { summary, systemSeconds: seconds.reduce((a, b) => a + b, 0) };
}
