/**
 * The two files that hold an icon in several sizes: .ico for Windows, .icns for macOS. Both are a table and PNG files after it; written here
 * because electron-builder's own converter is a download, and packages must be buildable without one.
 */

export interface Png {
  readonly side: number; // pixels, square
  readonly bytes: Buffer;
}

/** @param pngs at most 256 pixels each. The format: a header of 6 bytes, 16 bytes per picture (a side of 256 is written as 0), the files. */
export function ico(pngs: readonly Png[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pngs.length);
  header.writeUInt16LE(1, 2); // an icon, not a cursor
  header.writeUInt16LE(pngs.length, 4);
  let offset = header.length;
  pngs.forEach(({ side, bytes }, i) => {
    const entry = 6 + 16 * i;
    header.writeUInt8(side % 256, entry);
    header.writeUInt8(side % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4); // colour planes
    header.writeUInt16LE(32, entry + 6); // bits per pixel
    header.writeUInt32LE(bytes.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += bytes.length;
  });
  return Buffer.concat([header, ...pngs.map(({ bytes }) => bytes)]);
}

/** What macOS calls each size; those that stand for half the side on a screen of double density come second. */
const icnsTypes: Readonly<Record<number, readonly string[]>> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** The format: `icns`, the length of all; per picture its type, its length with these 8 bytes, the file. All numbers big-endian. */
export function icns(pngs: readonly Png[]): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + body.length, 4);
    return Buffer.concat([head, body]);
  };
  return chunk('icns', Buffer.concat(pngs.flatMap(({ side, bytes }) => (icnsTypes[side] ?? []).map((type) => chunk(type, bytes)))));
}
