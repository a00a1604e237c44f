/** The parts of a built program that lies unpacked in a folder, whatever the system. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { Packed, System } from './contents.ts';

export interface Unpacked {
  readonly system: System;
  readonly program: string; // Electron's, renamed
  readonly resources: string;
  readonly node: string;
}

/** @param folder linux-unpacked, win-unpacked, or the folder that holds Squint.app */
export function unpackedAt(folder: string): Unpacked {
  const at = (system: System, program: string, resources: string): Unpacked => ({
    system,
    program: join(folder, program),
    resources: join(folder, resources),
    node: join(folder, resources, 'runtime', system === 'win32' ? 'node.exe' : 'node'),
  });
  const candidates = [
    at('linux', 'squint', 'resources'),
    at('win32', 'Squint.exe', 'resources'),
    at('darwin', 'Squint.app/Contents/MacOS/Squint', 'Squint.app/Contents/Resources'),
  ];
  const found = candidates.find(({ program }) => existsSync(program));
  if (found === undefined) throw new Error(`There is no unpacked Squint in ${folder}: neither squint, Squint.exe nor Squint.app.`);
  return found;
}

export function filesUnder(folder: string): Packed[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(folder, path).split(sep).join('/'), bytes: statSync(path).size };
    });
}
