/**
 * Which files of one folder belong together, by their names alone: a picture with its RAW, its sidecars and what else a camera or a program
 * puts beside it is one photo. Names differ in case and in Unicode form between programs; that never parts them.
 *
 * Sidecars are found under both names that are in use: `IMG_1.xmp` (Lightroom, Bridge, Capture One) belongs to the photo of that stem,
 * `IMG_1.CR2.xmp` (darktable, digiKam) to the photo that has that file. darktable numbers further ones: `IMG_1_01.CR2.xmp`.
 */
import { pictureNames, rawNames } from '../reader/index.ts';
import { inNaturalOrder } from './order.ts';

/** One photo of a folder; names. */
export interface Together {
  readonly main: string; // the picture; the RAW where there is none
  readonly companions: readonly string[];
}

type Kind = 'picture' | 'raw' | 'sidecar' | 'film' | 'other';

const sidecars: ReadonlySet<string> = new Set('.xmp .aae .thm .wav .pp3 .dop'.split(' '));
const films: ReadonlySet<string> = new Set(['.mov', '.mp4']);
/** As cameras write them beside a RAW or a film; of several pictures of one stem these have the companions. */
const cameraPictures: ReadonlySet<string> = new Set('.jpg .jpeg .jpe .jfif .heic .heif .hif'.split(' '));
const none: readonly string[] = [];

/**
 * @param names of a folder's files
 * @returns the photos, in no order, and what belongs to none of them
 */
export function together(names: readonly string[]): { photos: Together[]; others: string[] } {
  const { picture, raw, sidecar, film, other } = byKind(names);
  if (raw.length + sidecar.length + film.length === 0)
    return { photos: picture.map((main) => ({ main, companions: none })), others: other };

  const photos = new Photos();
  for (const name of picture) photos.add(name);
  for (const name of raw.sort(inNaturalOrder)) {
    const owner = photos.ofStem(name);
    if (owner && endingOf(owner.main) !== endingOf(name)) photos.join(name, owner);
    else photos.add(name);
  }
  for (const name of film) {
    const owner = photos.ofStem(name);
    if (owner && cameraPictures.has(endingOf(owner.main))) photos.join(name, owner);
    else other.push(name);
  }
  for (const name of sidecar) {
    const of = stemOf(name); // the name of a file, or its stem
    const owner = (endingOf(of) && photos.ofFile(of)) || photos.ofStem(name) || photos.ofFile(withoutNumber(of));
    if (owner) photos.join(name, owner);
    else other.push(name);
  }
  return { photos: photos.all, others: other };
}

/** Photos while their files are found. */
class Photos {
  readonly all: { readonly main: string; readonly companions: string[] }[] = [];
  readonly #byFile = new Map<string, Photo[]>(); // by the key of a file's name
  readonly #byStem = new Map<string, Photo[]>(); // by the key of the main file's stem

  add(main: string): void {
    const photo = { main, companions: [] };
    this.all.push(photo);
    put(this.#byFile, keyOf(main), photo);
    put(this.#byStem, keyOf(stemOf(main)), photo);
  }

  join(name: string, photo: Photo): void {
    photo.companions.push(name);
    put(this.#byFile, keyOf(name), photo);
  }

  /** That has a file of this name. */
  ofFile(name: string): Photo | undefined {
    const those = this.#byFile.get(keyOf(name));
    return those?.find(({ main, companions }) => main === name || companions.includes(name)) ?? those?.[0];
  }

  /** Whose main file has the stem of this one: a camera's picture rather than another, the same case rather than another. */
  ofStem(name: string): Photo | undefined {
    const stem = stemOf(name);
    const rank = ({ main }: Photo): number => 2 * rankOf(endingOf(main)) + (stemOf(main) === stem ? 0 : 1);
    return this.#byStem.get(keyOf(stem))?.toSorted((a, b) => rank(a) - rank(b) || inNaturalOrder(a.main, b.main))[0];
  }
}

const rankOf = (ending: string): number => (cameraPictures.has(ending) ? 0 : ending === '' ? 2 : 1);

type Photo = Photos['all'][number];

function byKind(names: readonly string[]): Record<Kind, string[]> {
  const kinds: Record<Kind, string[]> = { picture: [], raw: [], sidecar: [], film: [], other: [] };
  const known = new Map<string, Kind>(); // by the ending as it is written: a folder has few
  for (const name of names) {
    const ending = writtenEndingOf(name);
    let kind = known.get(ending);
    if (kind === undefined) known.set(ending, (kind = kindOf(ending.toLowerCase())));
    kinds[kind].push(name);
  }
  return kinds;
}

function kindOf(ending: string): Kind {
  if (rawNames.has(ending)) return 'raw';
  if (ending === '' || pictureNames.has(ending)) return 'picture';
  if (sidecars.has(ending)) return 'sidecar';
  return films.has(ending) ? 'film' : 'other';
}

/** With its dot; '' for a name without one, or with none but the first. */
function writtenEndingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot) : '';
}

const endingOf = (name: string): string => writtenEndingOf(name).toLowerCase();

const stemOf = (name: string): string => name.slice(0, name.length - writtenEndingOf(name).length);

const keyOf = (name: string): string => name.normalize('NFC').toLowerCase();

/** `IMG_1_01.CR2` to `IMG_1.CR2`. */
const withoutNumber = (name: string): string => name.replace(/_\d\d(?=\.[^.]+$)/, '');

function put(map: Map<string, Photo[]>, key: string, photo: Photo): void {
  const those = map.get(key);
  if (those) those.push(photo);
  else map.set(key, [photo]);
}
