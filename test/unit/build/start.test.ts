import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../../build/start.ts', import.meta.url));
const start = (args: string[], env: NodeJS.ProcessEnv = {}): { status: number | null; stdout: string; stderr: string } =>
  spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env: { ...process.env, INIT_CWD: tmpdir(), ...env } });

describe('npm start', () => {
  it('tells what it takes, and where the command line is', () => {
    const { status, stdout } = start(['--help']);
    expect(stdout).toMatch(/^Usage: npm start \[-- FOLDER …\]/);
    expect(stdout).toContain('npm run -s squint -- help');
    expect(status).toBe(0);
  });

  it('names a folder that is not there by its whole path, before it builds or fetches anything', () => {
    const { status, stderr } = start(['no such folder']);
    expect(stderr).toBe(`Squint: there is no file or folder ${join(tmpdir(), 'no such folder')}.\n`);
    expect(status).toBe(2);
  });

  it('knows no options', () => {
    expect(start(['--fast'])).toMatchObject({
      status: 2,
      stderr: 'Squint: there is no option --fast. npm start -- --help tells what there is.\n',
    });
  });
});
