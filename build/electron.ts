/**
 * Electron's binary: where it is, and fetching it where it is missing, since its package comes without. Nothing here imports `electron`,
 * which would fetch it unasked and without a word of how much that is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { progressOn } from '../src-main/hosts/cli/present/progress.ts';
import { terminalOf } from '../src-main/hosts/cli/terminal.ts';

const packageFile = createRequire(import.meta.url).resolve('electron/package.json');
const home = dirname(packageFile);
const ofElectron = createRequire(packageFile);

export const { version: electronVersion } = ofElectron('./package.json') as { version: string };

/** @returns the binary's path, or null where it was never fetched; ELECTRON_OVERRIDE_DIST_PATH names the folder of another */
export function electronPath(): string | null {
  const named = join(home, 'path.txt'); // written when the binary was unpacked
  const other = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (other === undefined && !existsSync(named)) return null;
  const path = join(other ?? join(home, 'dist'), existsSync(named) ? readFileSync(named, 'utf8') : 'electron');
  return existsSync(path) ? path : null;
}

/** The part of Electron's own downloader that is used. */
interface Downloader {
  readonly downloadArtifact: (what: {
    version: string;
    artifactName: string;
    platform: string;
    arch: string;
    checksums: Record<string, string>;
    downloadOptions: { quiet: true; getProgressCallback: (progress: { transferred: number; total: number | null }) => void };
  }) => Promise<string>;
}

const megabyte = 1e6;

/**
 * Fetches it into the system's cache for Electron, checked against the checksums of its package, and unpacks it.
 *
 * @returns its path
 * @throws where it cannot be had; the message says why
 */
export async function fetchElectron(): Promise<string> {
  const { downloadArtifact } = ofElectron('@electron/get') as Downloader;
  const progress = progressOn(process.stderr, terminalOf(process.stderr), 'MB', new AbortController().signal);
  try {
    await downloadArtifact({
      version: electronVersion,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: ofElectron('./checksums.json') as Record<string, string>,
      downloadOptions: {
        quiet: true,
        getProgressCallback: ({ transferred, total }) => {
          progress.update(Math.round(transferred / megabyte), Math.round((total ?? transferred) / megabyte));
        },
      },
    });
  } finally {
    progress.end();
  }
  const { stderr } = spawnSync(process.execPath, [join(home, 'install.js')], { encoding: 'utf8' }); // takes it from the cache
  const path = electronPath();
  if (path === null) throw new Error(`it could not be unpacked: ${stderr.trim().split('\n')[0] ?? ''}`);
  return path;
}
