/** One photo, from a path to the pictures that the networks see, by the cheapest rung that has enough pixels. */
import { decode } from './decode.ts';
import { headBytes, readHead } from './head.ts';
import { picturesOf } from './pictures.ts';
import { decodePreview, findPreview } from './preview.ts';
import type { Cost, NotRead, Pixels, Want } from './protocol.ts';
import { type Spent, answered } from './question.ts';
import { sniff, sniffBytes } from './sniff.ts';

type Found = Omit<Pixels, keyof Cost>;

/** Reads one photo. Never rejects for a file's sake: what is wrong with it is a value. Several may be in flight. */
export const readPhoto = (path: string, want: Want): Promise<Pixels | NotRead> => answered((spent) => look(path, want, spent));

/** @throws {FileError} why it cannot be read */
export async function look(path: string, want: Want, spent: Spent): Promise<Found> {
  const { head, size } = await readHead(path, want.from === 'preview' ? headBytes : sniffBytes, spent);
  const format = await sniff(path, head);
  if (format === 'jpeg' && want.from === 'preview') {
    const found = await fromPreview(head, want);
    if (found) return found;
  } else {
    spent.bytes = 0; // those bytes are read again with the rest
  }
  spent.bytes += size;
  const { square, ...decoded } = await decode(path, format, want);
  return { pictures: await picturesOf(square, want.pictures), ...decoded };
}

async function fromPreview(head: Buffer, want: Want): Promise<Found | null> {
  const preview = findPreview(head);
  if ('doubt' in preview) return null;
  const square = await decodePreview(preview, want);
  if ('doubt' in square) return null;
  const { taken, camera } = preview;
  const [width, height] = preview.orientation >= 5 ? [preview.height, preview.width] : [preview.width, preview.height];
  const pictures = await picturesOf(square, want.pictures);
  return { pictures, rung: 'preview', width, height, taken, camera, enlarged: false, damaged: false };
}
