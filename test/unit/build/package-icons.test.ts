import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { draw } from '../../../build/icons/render.ts';

const icons = fileURLToPath(new URL('../../../build/icons/', import.meta.url));

/** side -> the PNG in it; reads what Windows reads. */
function picturesOfIco(file: Buffer): Map<number, Buffer> {
  const pictures = new Map<number, Buffer>();
  for (let i = 0; i < file.readUInt16LE(4); i++) {
    const entry = file.subarray(6 + 16 * i);
    const offset = entry.readUInt32LE(12);
    pictures.set(entry.readUInt8(0) || 256, file.subarray(offset, offset + entry.readUInt32LE(8)));
  }
  return pictures;
}

/** type -> the PNG in it; reads what macOS reads. */
function picturesOfIcns(file: Buffer): Map<string, Buffer> {
  const pictures = new Map<string, Buffer>();
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    pictures.set(file.toString('latin1', at, at + 4), file.subarray(at + 8, at + file.readUInt32BE(at + 4)));
  }
  return pictures;
}

describe('the icons', () => {
  it('of Windows hold a whole picture at each size that it asks for', async () => {
    const pictures = picturesOfIco(readFileSync(`${icons}icon.ico`));
    expect([...pictures.keys()]).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
    for (const [side, bytes] of pictures)
      expect(
        await sharp(bytes)
          .stats()
          .then(() => sharp(bytes).metadata()),
      ).toMatchObject({ width: side, height: side });
  });

  it('of macOS hold 32 to 1024 pixels, with a margin around', async () => {
    const file = readFileSync(`${icons}icon.icns`);
    expect(file.readUInt32BE(4)).toBe(file.length);
    const pictures = picturesOfIcns(file);
    expect([...pictures.keys()]).toEqual(['ic11', 'ic12', 'ic07', 'ic08', 'ic13', 'ic09', 'ic14', 'ic10']);
    const { data } = await sharp(pictures.get('ic10')).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const alphaAt = (x: number, y: number): number | undefined => data[4 * (1024 * y + x) + 3];
    expect([alphaAt(512, 90), alphaAt(512, 110)]).toEqual([0, 255]);
  });

  it('are those that the drawings give now', async () => {
    for (const name of readdirSync(`${icons}linux`)) {
      const { bytes } = await draw(parseInt(name));
      const [kept, drawn] = await Promise.all(
        [readFileSync(`${icons}linux/${name}`), bytes].map((png) => sharp(png).ensureAlpha().raw().toBuffer()),
      );
      const mean = drawn!.reduce((sum, value, i) => sum + Math.abs(value - kept![i]!), 0) / drawn!.length; // not 0 everywhere: processors round curves differently
      expect(mean, `${name} is out of date: run node build/icons/render.ts`).toBeLessThan(0.5);
    }
  });
});
