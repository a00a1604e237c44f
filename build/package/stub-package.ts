/**
 * Packages around a stub of Electron, for machines without the real one: Linux from this checkout, Windows from a staging folder, since the
 * native packages of another system must not come into the checkout's own node_modules.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronVersion } from '../electron.ts';
import { bringBundle, buildPackages, root } from './builder.ts';
import { writeStubElectron } from './stub-electron.ts';

const output = join(root, 'dist/check');

/** @returns the folder of the built program */
export function stubForLinux(): string {
  bringBundle();
  withFolder((stub) => {
    writeStubElectron(stub, 'linux', electronVersion);
    buildPackages(['--linux', 'dir', '--x64', `-c.electronDist=${stub}`, `-c.directories.output=${output}`]);
  });
  return join(output, 'linux-unpacked');
}

/** Needs a connection, for the packages of Windows. */
export function stubForWindows(): string {
  bringBundle();
  withFolder((stub) => {
    withFolder((stage) => {
      for (const part of [
        'package.json',
        'package-lock.json',
        '.npmrc',
        'out',
        'models/photos',
        'models/samples',
        'LICENSE',
        'build/icons',
        'build/package',
      ])
        cpSync(join(root, part), join(stage, part), { recursive: true });
      const { status } = spawnSync('npm', ['ci', '--omit=dev', '--os=win32', '--cpu=x64'], { cwd: stage, stdio: 'inherit' });
      if (status !== 0) throw new Error(`npm ci of the packages for Windows ended with code ${status ?? 'none'}: what it says is above.`);
      writeStubElectron(stub, 'win32', electronVersion);
      // The stub is no program of Windows that could be edited or could hold the asar's fingerprint.
      const stubbed = ['-c.win.signAndEditExecutable=false', '-c.disableAsarIntegrity=true', `-c.electronVersion=${electronVersion}`];
      buildPackages(['--win', 'dir', '--x64', `-c.electronDist=${stub}`, `-c.directories.output=${output}`, ...stubbed], stage);
    });
  });
  return join(output, 'win-unpacked');
}

function withFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'squint-stub-'));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
