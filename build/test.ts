/**
 * `npm test`: every check and every test, one after the other, on what the README's reader has. It installs nothing on the system.
 * Ends with one plain line over all runners: `N passed, N failed, N skipped`. A check counts as one.
 *
 * With SQUINT_CI=1 a skipped test fails, except those that no CI machine can run: their names begin with one of `mayBeSkipped`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle, bundleIsCurrent } from './bundle.ts';
import { readJourneys } from './journeys.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const inCi = process.env.SQUINT_CI === '1';
const mayBeSkipped = ['[real Electron]', '[GPU]', '[other system]'];

// Tools of node_modules run on this very Node, not on the system's.
const env: NodeJS.ProcessEnv = { ...process.env, PATH: [dirname(process.execPath), process.env.PATH].join(delimiter) };
const tool = (path: string, args: string[]): boolean => {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root, stdio: 'inherit', env });
  return status === 0;
};

const checks: [name: string, run: () => boolean][] = [
  ['format', () => tool('prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.'])],
  ['types', () => tool('typescript/bin/tsc', [])],
  ['types of the journeys', () => tool('typescript/bin/tsc', ['--project', 'test/journeys'])],
  [
    'types of the renderer',
    () => tool('svelte-check/bin/svelte-check', ['--tsconfig', 'src-renderer/tsconfig.json', '--fail-on-warnings']),
  ],
  [
    'lint',
    () =>
      tool('eslint/bin/eslint.js', [
        '--config',
        'build/eslint.config.js',
        '--max-warnings',
        '0',
        'src-main',
        'src-renderer',
        'test',
        'build',
        'electron.config.ts',
      ]),
  ],
  [
    'import rules',
    () => tool('dependency-cruiser/bin/dependency-cruiser.mjs', ['--config', 'build/layers.cjs', 'src-main', 'src-renderer', 'test']),
  ],
];

const count = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
const fail = (name: string): void => {
  count.failed += 1;
  failures.push(name);
};

for (const [name, run] of checks) {
  const began = Date.now();
  const good = run();
  console.log(`${good ? 'ok' : 'FAILED'}  ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  if (good) count.passed += 1;
  else fail(name);
}

if (!process.argv.includes('--checks-only')) {
  const isBundled = bundleIsCurrent() || buildBundle(); // some unit tests look at it, the journeys run on it
  if (!isBundled) fail('the bundle (electron-vite says above why it was not built)');
  runUnitTests();
  if (isBundled) runJourneys();
}

console.log();
for (const name of failures) console.log(`failed: ${name}`);
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed === 0 ? 0 : 1;

function runUnitTests(): void {
  const folder = mkdtempSync(join(tmpdir(), 'squint-test-'));
  try {
    const report = join(folder, 'report.json');
    const ran = tool('vitest/vitest.mjs', [
      'run',
      '--config',
      'build/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ]);
    const failedBefore = count.failed;
    for (const { name: file, assertionResults } of readReport(report)) {
      for (const { fullName, status } of assertionResults) {
        const name = fullName.trim();
        if (status === 'passed') count.passed += 1;
        else if (status === 'failed') fail(`${file.slice(root.length)}: ${name}`);
        else skip(name);
      }
    }
    if (!ran && count.failed === failedBefore) fail('vitest (it ended with an error outside a test, see above)');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Through the window. */
function runJourneys(): void {
  const folder = mkdtempSync(join(tmpdir(), 'squint-test-'));
  try {
    const report = join(folder, 'report.json');
    env.PLAYWRIGHT_JSON_OUTPUT_FILE = report;
    const ran = tool('playwright/cli.js', ['test', '--config', 'build/playwright.config.ts', '--reporter=list,json']);
    const failedBefore = count.failed;
    const skipped = new Map<string, number>();
    for (const { project, name, status, why } of readJourneys(report)) {
      if (status === 'expected') count.passed += 1;
      else if (status === 'skipped') skipped.set(`[${project}] ${why}`, (skipped.get(`[${project}] ${why}`) ?? 0) + 1);
      else fail(`[${project}] ${name}`);
    }
    for (const [name, times] of skipped) skip(name, times);
    if (!ran && count.failed === failedBefore) fail('playwright (it ended with an error outside a journey, see above)');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function skip(name: string, times = 1): void {
  const allowed = mayBeSkipped.some((prefix) => name.includes(prefix));
  if (inCi && !allowed) {
    fail(`skipped in CI, where it must run: ${name}`);
    return;
  }
  count.skipped += times;
  console.log(`skipped: ${name}${times === 1 ? '' : ` (${times} journeys)`}`);
}

interface FileReport {
  name: string;
  assertionResults: { fullName: string; status: 'passed' | 'failed' | 'pending' | 'skipped' | 'todo' }[];
}

function readReport(path: string): FileReport[] {
  try {
    return (JSON.parse(readFileSync(path, 'utf8')) as { testResults: FileReport[] }).testResults;
  } catch {
    return [];
  }
}
