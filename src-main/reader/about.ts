/**
 * What a file says of itself, for people: size, camera, lens, exposure. From its header alone, nothing is decoded. The camera's words are
 * foreign text: they are cut to one short line.
 */
import ExifReader, { type IncludeTagsOptions } from 'exifreader';
import { type Opened, kindName, openPicture } from './draw.ts';
import { headBytes, readHead } from './head.ts';
import type { About, Cost, NotRead } from './protocol.ts';
import { type Spent, answered } from './question.ts';
import { sniff } from './sniff.ts';

export const aboutPhoto = (path: string): Promise<About | NotRead> => answered((spent) => about(path, spent));

const wanted: IncludeTagsOptions = {
  exif: ['Make', 'Model', 'LensModel', 'DateTimeOriginal', 'ExposureTime', 'FNumber', 'ISOSpeedRatings', 'FocalLength'],
};

type Tags = Readonly<Record<string, { readonly value: unknown } | undefined>>;

async function about(path: string, spent: Spent): Promise<Omit<About, keyof Cost>> {
  const { head, size } = await readHead(path, headBytes, spent);
  const picture = await openPicture(path, await sniff(path, head));
  const tags = exifTags(picture, head);
  return {
    size,
    format: kindName(picture.about),
    width: picture.width,
    height: picture.height,
    orientation: picture.about.orientation ?? null,
    taken: isoTime(text(tags['DateTimeOriginal'])),
    camera: cameraName(text(tags['Make']), text(tags['Model'])),
    lens: text(tags['LensModel']),
    exposure: exposureText(ratio(tags['ExposureTime'])),
    aperture: suffixed('f/', ratio(tags['FNumber']), ''),
    iso: whole(tags['ISOSpeedRatings']),
    focalLength: suffixed('', ratio(tags['FocalLength']), ' mm'),
  };
}

/** sharp finds the EXIF block in every format but TIFF, which is one itself. */
function exifTags({ about: { exif } }: Opened, head: Buffer): Tags {
  const block = exif ? exif.subarray(exif.toString('latin1', 0, 4) === 'Exif' ? 6 : 0) : head;
  try {
    return (ExifReader.load(block, { expanded: true, includeTags: wanted }).exif as unknown as Tags | undefined) ?? {};
  } catch {
    return {}; // no EXIF block, or a damaged one
  }
}

function text(tag: Tags[string]): string | null {
  const value = Array.isArray(tag?.value) ? (tag.value as unknown[])[0] : tag?.value;
  if (typeof value !== 'string') return null;
  const line = value
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 100);
  return line === '' ? null : line;
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

/** `YYYY:MM:DD HH:MM:SS`; a clock that was never set writes zeros. */
function isoTime(written: string | null): string | null {
  const [, date, time] = /^(\d{4}:\d\d:\d\d) (\d\d:\d\d:\d\d)$/.exec(written ?? '') ?? [];
  if (date === undefined || time === undefined) return null;
  const iso = `${date.replaceAll(':', '-')}T${time}`;
  return Number.isNaN(Date.parse(iso)) ? null : iso;
}

/** Makers repeat themselves in the model's name ("Canon", "Canon EOS 7D") and add their legal form ("OLYMPUS IMAGING CORP."). */
function cameraName(make: string | null, model: string | null): string | null {
  const maker = make?.replace(/,?\s+(imaging|corporation|corp|company|co|ltd|inc|electric)\b[.,]*/gi, '').trim() ?? null;
  if (maker === null || model === null) return model ?? maker;
  const words = model.toLowerCase().split(/\s+/);
  return maker
    .toLowerCase()
    .split(/\s+/)
    .some((word) => words.includes(word))
    ? model
    : `${maker} ${model}`;
}

function exposureText(seconds: number | null): string | null {
  if (seconds === null) return null;
  return seconds < 0.3 ? `1/${Math.round(1 / seconds)} s` : `${rounded(seconds)} s`;
}

const suffixed = (before: string, value: number | null, after: string): string | null =>
  value === null ? null : `${before}${rounded(value)}${after}`;

const rounded = (value: number): number => Math.round(value * 10) / 10;
