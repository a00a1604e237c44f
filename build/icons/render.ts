/**
 * Draws the icons that packages and windows carry from icon.svg and small.svg (16 to 32 pixels). Run it after a change of either:
 * `node build/icons/render.ts`. The files it writes are kept in git, so that nothing has to be drawn to build a package.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { icns, ico, type Png } from './containers.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const windows = [16, 20, 24, 32, 40, 48, 64, 128, 256];
const linux = [16, 24, 32, 48, 64, 128, 256, 512];
const mac = [32, 64, 128, 256, 512, 1024];

/** macOS leaves a margin around its icons: 824 of 1024 pixels are filled. icon.svg fills 976 of 1024. */
const macScale = 824 / 976;

export async function draw(side: number): Promise<Png> {
  const svg = side <= 32 ? { file: 'small.svg', drawn: 16 } : { file: 'icon.svg', drawn: 1024 };
  const density = Math.max(1, (72 * side) / svg.drawn);
  return {
    side,
    bytes: await sharp(readFileSync(join(here, svg.file)), { density })
      .resize(side, side)
      .png({ compressionLevel: 9 })
      .toBuffer(),
  };
}

async function drawForMac(side: number): Promise<Png> {
  const inner = 2 * Math.round((side * macScale) / 2);
  const margin = (side - inner) / 2;
  const { bytes } = await draw(inner);
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  return {
    side,
    bytes: await sharp(bytes)
      .extend({ top: margin, bottom: margin, left: margin, right: margin, background })
      .png({ compressionLevel: 9 })
      .toBuffer(),
  };
}

if (import.meta.main) {
  writeFileSync(join(here, 'icon.ico'), ico(await Promise.all(windows.map(draw))));
  writeFileSync(join(here, 'icon.icns'), icns(await Promise.all(mac.map(drawForMac))));
  writeFileSync(join(here, 'icon.png'), (await draw(1024)).bytes);
  mkdirSync(join(here, 'linux'), { recursive: true });
  for (const side of linux) writeFileSync(join(here, 'linux', `${side}x${side}.png`), (await draw(side)).bytes);
}
