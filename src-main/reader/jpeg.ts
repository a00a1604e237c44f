/**
 * The head of a JPEG: its segments up to the picture data. Only lengths and a few fields are read, nothing is decoded.
 * (ITU T.81, annex B: a segment is FF, a marker byte, and a length of two bytes that counts itself.)
 */

export interface JpegHead {
  readonly width: number; // as stored, before the orientation; 0 where the head ends before the frame header
  readonly height: number;
  readonly complete: boolean; // the head reaches the picture data
  readonly xmp: string; // the XMP packet, empty if there is none
  readonly adobe: boolean; // an Adobe segment: its encoder writes one, cameras do not
}

const xmpName = 'http://ns.adobe.com/xap/1.0/\0';

/** @returns null if it is no JPEG */
export function jpegHead(head: Buffer): JpegHead | null {
  if (head.length < 4 || head.readUInt16BE(0) !== 0xffd8) return null;
  let [width, height, xmp, adobe] = [0, 0, '', false];
  let at = 2;
  while (at + 4 <= head.length) {
    if (head[at] !== 0xff) break;
    const marker = head[at + 1]!;
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    if (marker === 0xda) return { width, height, complete: true, xmp, adobe };
    const end = at + 2 + head.readUInt16BE(at + 2);
    if (isFrame(marker) && at + 9 <= head.length) [height, width] = [head.readUInt16BE(at + 5), head.readUInt16BE(at + 7)];
    if (marker === 0xe1 && head.toString('latin1', at + 4, at + 4 + xmpName.length) === xmpName) {
      xmp = head.toString('utf8', at + 4 + xmpName.length, end);
    }
    if (marker === 0xee && head.toString('latin1', at + 4, at + 9) === 'Adobe') adobe = true;
    at = end;
  }
  return { width, height, complete: false, xmp, adobe };
}

/** SOF0 to SOF15, without the three of that range that are tables. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
