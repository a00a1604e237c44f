import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

function checkPackage(): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`${root}build/package/check.ts`], { cwd: root });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
    child.on('close', (code) => resolve({ code, said }));
  });
}

describe('the package for Linux', () => {
  it.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
    '[other system] holds what it must and nothing else, and classifies where nothing else is',
    { timeout: 300_000 },
    async () => {
      const { code, said } = await checkPackage();
      expect(code, said).toBe(0);
      expect(said).toMatch(/^ {2}dogs\.jpg +dogs +\d+ % {2}exit \d\/\d$/m);
      const notices = readFileSync(`${root}dist/check/linux-unpacked/resources/THIRD-PARTY-NOTICES.txt`, 'utf8');
      for (const part of [
        'Node.js',
        'sharp',
        'libheif-js',
        '@fontsource-variable/inter',
        'svelte',
        'Parts of ONNX Runtime',
        'GNU General Public License',
      ])
        expect(notices).toMatch(new RegExp(`^${part} [\\d.]+ \\(`, 'm'));
      expect(notices).toContain('EfficientNet-Lite as published by Google');
    },
  );
});
