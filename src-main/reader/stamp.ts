/** When and with what a photo was taken, by the EXIF tags of its file. The camera's words are foreign text: they are cut to one short line. */
import ExifReader from 'exifreader';
import type { Stamp } from './protocol.ts';

export type Tags = Readonly<Record<string, { readonly value: unknown } | undefined>>;

export const stampTags = ['Make', 'Model', 'DateTimeOriginal'];

export const stampOf = (tags: Tags): Stamp => ({
  taken: isoTime(text(tags['DateTimeOriginal'])),
  camera: cameraName(text(tags['Make']), text(tags['Model'])),
});

/** By the EXIF block that sharp found in a file of any kind but TIFF. */
export function stampIn(exif: Buffer | undefined): Stamp {
  return stampOf(exif ? tagsIn(blockOf(exif), stampTags) : {});
}

/** Some JPEGs name the block before it begins. */
export const blockOf = (exif: Buffer): Buffer => exif.subarray(exif.toString('latin1', 0, 4) === 'Exif' ? 6 : 0);

/** @param block or a file that has one */
export function tagsIn(block: Buffer, names: string[]): Tags {
  try {
    return (ExifReader.load(block, { expanded: true, includeTags: { exif: names } }).exif as unknown as Tags | undefined) ?? {};
  } catch {
    return {}; // no EXIF block, or a damaged one
  }
}

export function text(tag: Tags[string]): string | null {
  const value = Array.isArray(tag?.value) ? (tag.value as unknown[])[0] : tag?.value;
  if (typeof value !== 'string') return null;
  const line = value
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 100);
  return line === '' ? null : line;
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
