/** Where the shell finds its parts: in a package, or in the checkout that the bundle was built in. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Places {
  readonly node: string; // the Node that ships with Squint
  readonly engine: string; // its program; unpacked, since a plain Node cannot look into an asar
  readonly preload: string;
  readonly page: string; // the folder of the page's files
  readonly resources: string; // the folder that holds models/
}

/** @param packaged the package's resources folder; null in a checkout */
export function placesOf(packaged: string | null, platform: NodeJS.Platform = process.platform, arch: string = process.arch): Places {
  const main = dirname(fileURLToPath(import.meta.url)); // out/main
  const windows = platform === 'win32';
  const node = windows ? 'node.exe' : 'node';
  const here = { preload: join(main, '../preload/index.cjs'), page: join(main, '../renderer') };
  if (packaged !== null)
    return {
      ...here,
      node: join(packaged, 'runtime', node),
      engine: join(packaged, 'app.asar.unpacked/out/main/engine.mjs'),
      resources: packaged,
    };
  const root = join(main, '../..');
  return {
    ...here,
    node: join(root, 'node_modules', `node-${windows ? 'win' : platform}-${arch}`, 'bin', node),
    engine: join(main, 'engine.mjs'),
    resources: root,
  };
}
