/**
 * A folder that electron-builder takes for an unpacked Electron, for machines without the real one: everything that Squint adds to it can be
 * built and looked at. Its "program" carries the fuse wire, so that the fuses are set too.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const fuseWire = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), // the sentinel by which fuses are found in the program
  Buffer.from([1, 9]), // version of the wire, number of fuses
  Buffer.from('101100011'),
]);

/** @param version Electron's */
export function writeStubElectron(folder: string, system: 'linux' | 'win32', version: string): void {
  for (const part of ['resources', 'locales']) mkdirSync(join(folder, part), { recursive: true });
  for (const empty of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak']) writeFileSync(join(folder, empty), '');
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, system === 'win32' ? 'electron.exe' : 'electron'), fuseWire, { mode: 0o755 });
}
