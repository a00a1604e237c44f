/** One picture for people, from a path to a file of the cache. The file's bytes themselves are never handed on. */
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { headBytes, readHead } from './head.ts';
import { findPreview, showPreview } from './preview.ts';
import { unreadable } from './problems.ts';
import type { Cost, Made, Make, NotRead, Want } from './protocol.ts';
import { type Spent, answered } from './question.ts';
import { look } from './read.ts';
import { render } from './render.ts';
import { sniff, sniffBytes } from './sniff.ts';

interface Drawn extends Omit<Made, keyof Cost | 'written'> {
  readonly file: Buffer | null; // null where there is no preview that can be trusted
}

/** Writes one picture. Never rejects for a file's sake: what is wrong with it is a value. Several may be in flight. */
export const makePicture = (path: string, make: Make): Promise<Made | NotRead> =>
  answered(async (spent) => {
    const { file, ...made } = await draw(path, make, spent);
    if (file) await write(path, make.to, file);
    return { ...made, written: file !== null };
  });

async function draw(path: string, make: Make, spent: Spent): Promise<Drawn> {
  switch (make.kind) {
    case 'preview':
      return preview(path, spent);
    case 'picture':
      return networkPicture(path, make.want, spent);
    case 'thumbnail':
    case 'fitted':
    case 'full': {
      const { head, size } = await readHead(path, sniffBytes, spent);
      const format = await sniff(path, head);
      spent.bytes = size; // the first bytes are read again with the rest
      return render(path, format, make);
    }
  }
}

async function preview(path: string, spent: Spent): Promise<Drawn> {
  const { head } = await readHead(path, headBytes, spent);
  const none = { file: null, width: 0, height: 0, damaged: false };
  if ((await sniff(path, head)) !== 'jpeg') return none;
  const found = findPreview(head);
  if ('doubt' in found) return none;
  const file = await showPreview(found);
  if ('doubt' in file) return none;
  const [width, height] = found.orientation >= 5 ? [found.height, found.width] : [found.width, found.height];
  return { file, width, height, damaged: false };
}

/** Read as the run read it, so that the pixels are those that the network was given. */
async function networkPicture(path: string, want: Want, spent: Spent): Promise<Drawn> {
  const { pictures, rung, width, height, damaged } = await look(path, want, spent);
  const picture = pictures[want.need];
  if (rung !== want.from || !picture) throw unreadable(path, 'changed');
  const { side } = want.pictures[want.need]!;
  const file = await sharp(picture, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
  return { file, width, height, damaged };
}

async function write(path: string, to: string, file: Buffer): Promise<void> {
  try {
    await writeFile(to, file);
  } catch (error) {
    throw unreadable(path, 'not-kept', (error as NodeJS.ErrnoException).code, error);
  }
}
