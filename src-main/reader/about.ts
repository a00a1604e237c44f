/**
 * What a file says of itself, for people: size, camera, lens, exposure. From its header alone, nothing is decoded.
 */
import { kindName, openPicture } from './draw.ts';
import { headBytes, readHead } from './head.ts';
import type { About, Cost, NotRead } from './protocol.ts';
import { type Spent, answered } from './question.ts';
import { sniff } from './sniff.ts';
import { type Tags, blockOf, stampOf, stampTags, tagsIn, text } from './stamp.ts';

export const aboutPhoto = (path: string): Promise<About | NotRead> => answered((spent) => about(path, spent));

const wanted = [...stampTags, 'LensModel', 'ExposureTime', 'FNumber', 'ISOSpeedRatings', 'FocalLength'];

async function about(path: string, spent: Spent): Promise<Omit<About, keyof Cost>> {
  const { head, size } = await readHead(path, headBytes, spent);
  const picture = await openPicture(path, await sniff(path, head));
  const { exif } = picture.about;
  const tags = tagsIn(exif ? blockOf(exif) : head, wanted); // a TIFF is such a block itself
  return {
    size,
    format: kindName(picture.about),
    width: picture.width,
    height: picture.height,
    orientation: picture.about.orientation ?? null,
    ...stampOf(tags),
    lens: text(tags['LensModel']),
    exposure: exposureText(ratio(tags['ExposureTime'])),
    aperture: suffixed('f/', ratio(tags['FNumber']), ''),
    iso: whole(tags['ISOSpeedRatings']),
    focalLength: suffixed('', ratio(tags['FocalLength']), ' mm'),
  };
}

/** A rational: two numbers. */
function ratio(tag: Tags[string]): number | null {
  const [above, below] = Array.isArray(tag?.value) ? (tag.value as unknown[]) : [];
  if (typeof above !== 'number' || typeof below !== 'number') return null;
  return above > 0 && below > 0 ? above / below : null;
}

function whole(tag: Tags[string]): number | null {
  const value = Array.isArray(tag?.value) ? (tag.value as unknown[])[0] : tag?.value;
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}

function exposureText(seconds: number | null): string | null {
  if (seconds === null) return null;
  return seconds < 0.3 ? `1/${Math.round(1 / seconds)} s` : `${rounded(seconds)} s`;
}

const suffixed = (before: string, value: number | null, after: string): string | null =>
  value === null ? null : `${before}${rounded(value)}${after}`;

const rounded = (value: number): number => Math.round(value * 10) / 10;
