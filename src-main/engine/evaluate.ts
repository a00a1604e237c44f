/** The jobs that measure a pack on labelled photos: `evaluate` reports how right it is, `calibrate` fits what it decides by and writes that into it. */
import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { PackError } from '../contract/errors.ts';
import {
  type Evaluation,
  type Half,
  type LabelledPhoto,
  type Pack,
  aboutFile,
  calibrate as calibratePack,
  curveSvg,
  evaluate as evaluatePack,
  figuresOf,
  isDrawing,
  isIn,
  isCalibrated,
  loadPack,
  openData,
  readFiles,
  readWhole,
  replacePack,
  withKeys,
  withFigures,
  withPreviews,
  writeTable,
} from '../packs/index.ts';
import type { ClassMap } from '../policy/index.ts';
import { type Observed, type Progress, observe } from './observe.ts';

export interface DataRequest {
  readonly pack: string; // folder
  readonly data: string; // table or folder of labelled photos
  readonly split?: string;
  readonly half?: Half;
  readonly previews: boolean; // gives each photo an embedded preview first
  readonly provider: string;
}

export interface CalibrationRequest extends DataRequest {
  readonly margins?: readonly number[]; // for photos of other sources, in log-odds: one per network of the pack
}

export interface Evaluated {
  readonly on: string; // which photos, for people
  readonly evaluation: Evaluation;
  readonly failed: Observed['failed'];
}

/**
 * How right the pack is under each preset: on the reporting half, or on all photos of a split that no pack is fitted on, unless another half is
 * asked for.
 *
 * @throws {PackError} `not-calibrated`: presets are what is evaluated; {SquintError} `stopped`, and what the data or the pack say
 */
export async function evaluate(
  { previews, provider, ...request }: DataRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<Evaluated> {
  const pack = await loadPack(request.pack);
  const { manifest } = pack;
  const half = request.half ?? (request.split === undefined || request.split === fittedSplit ? 'report' : 'all');
  if (!isCalibrated(manifest)) {
    throw new PackError('not-calibrated', `The pack "${manifest.title}" is not calibrated, so it has no presets to evaluate.`, {
      hint: `Calibrate it first: squint packs calibrate ${request.pack} --data TABLE`,
    });
  }
  const decisions = { ...manifest, groupReview: manifest.groupReview ?? null };
  const report = ({ observations, costs }: Observed): Evaluation => evaluatePack(observations, classesAtExits(pack), decisions, costs);
  return withPhotos({ ...request, half, previews }, pack, async (photos) => {
    const total = previews ? 2 * photos.length : photos.length;
    const early = await observe(
      pack,
      photos,
      { provider, from: 'preview', assumePreviews: false },
      (done) => progress(done, total),
      signal,
    );
    const evaluation = report(early);
    const on = nameOf({ ...request, previews }, half);
    if (!previews) return { on, evaluation, failed: early.failed };
    // `full` reads no preview, so its figures come from a run of its own.
    const full = await observe(
      pack,
      photos,
      { provider, from: 'scaled', assumePreviews: false },
      (done) => progress(photos.length + done, total),
      signal,
    );
    return { on, evaluation: { ...evaluation, presets: { ...evaluation.presets, full: report(full).presets.full } }, failed: early.failed };
  });
}

/**
 * Fits temperatures, review thresholds and presets on one half of the photos, and writes them into the pack in the place of those it had,
 * with a card that reports on the other half. What a read costs is reckoned with a camera's embedded preview, as most of a person's photos
 * have one.
 *
 * @returns the figures on the other half, or on the fitted photos where they are all
 * @throws {PackError} `margins` where they are not one per network; {SquintError} `stopped`, and what the data or the pack say; the pack is
 *   then as it was
 */
export async function calibrate(
  { half = 'fit', previews, provider, margins, ...request }: CalibrationRequest,
  progress: Progress,
  signal: AbortSignal,
): Promise<Evaluated> {
  const pack = await loadPack(request.pack);
  const { manifest } = pack;
  const atExits = marginsAtExits(pack, margins);
  return withPhotos({ ...request, half: 'all', previews }, pack, async (photos) => {
    const { observations, costs, failed } = await observe(
      pack,
      photos,
      { provider, from: 'preview', assumePreviews: true },
      progress,
      signal,
    );
    const toFit = observations.filter(({ id }) => isIn(half, id));
    const toReport = half === 'all' ? observations : observations.filter(({ id }) => !isIn(half, id));
    const fitted = calibratePack(toFit, classesAtExits(pack), costs, atExits);
    const evaluation = evaluatePack(toReport, classesAtExits(pack), fitted, costs);
    const on = nameOf({ ...request, previews }, half === 'all' ? 'all' : half === 'fit' ? 'report' : 'fit');

    const { photos: judged, groupReview, ...decisions } = fitted;
    const calibration = {
      name: basename(request.data),
      split: request.split ?? null,
      half,
      photos: judged.length,
      rung: previews ? 'preview' : 'scaled',
      ...(margins && { margins: [...margins] }),
    };
    const files = await readFiles(pack.folder, manifest);
    for (const name of files.keys()) if (name === 'README.md' || isDrawing(name)) files.delete(name); // the card is written anew
    const figures = figuresOf(on, evaluation, manifest.collections);
    await replacePack(
      pack.folder,
      { ...manifest, ...decisions, ...(groupReview !== null && { groupReview }), calibration },
      new Map<string, Uint8Array | string>([
        ...files,
        ...figures.drawings,
        ['calibration.tsv', writeTable(judged)],
        ['curve.svg', curveSvg({ title: manifest.title, photos: nameOf({ ...request, previews }, half) }, fitted.curve)],
      ]),
      figures.text,
    );
    return { on, evaluation, failed };
  });
}

/**
 * Puts the figures into the card of the pack, in the place of those on the same photos.
 *
 * @param about path of a Markdown file that the card shall begin with from now on
 * @throws {FileError} `not-found` and its kin for that file
 */
export async function noteInCard(folder: string, { on, evaluation }: Evaluated, about?: string): Promise<void> {
  const { manifest } = await loadPack(folder);
  const files = new Map<string, Uint8Array | string>(await readFiles(folder, manifest));
  const card = Buffer.from(files.get('README.md') ?? '').toString();
  files.delete('README.md'); // written anew
  if (about !== undefined) files.set(aboutFile, await readWhole(about));
  const { text, drawings } = figuresOf(on, evaluation, manifest.collections);
  for (const [name, drawing] of drawings) files.set(name, drawing);
  await replacePack(folder, manifest, files, withFigures(card, text));
}

/** What the photos are, for people: "INDEX.tsv, val, half report, with previews". */
function nameOf({ data, split, previews }: Pick<DataRequest, 'data' | 'split' | 'previews'>, half: Half): string {
  const parts = [basename(data), split, half === 'all' ? undefined : `half ${half}`, previews ? 'with previews' : undefined];
  return parts.filter((part) => part !== undefined).join(', ');
}

/** The split whose one half packs are calibrated on. */
const fittedSplit = 'val';

/** Opens the labelled photos, gives them previews where asked, and takes away afterwards what was made for it. */
async function withPhotos<T>(
  { data, split, half, previews }: { data: string; split?: string; half: Half; previews: boolean },
  pack: Pack,
  use: (photos: readonly LabelledPhoto[]) => Promise<T>,
): Promise<T> {
  const labelled = await openData({ data, half, ...(split !== undefined && { split }) });
  const folder = join(tmpdir(), `squint-previews-${randomUUID()}`);
  try {
    const photos = withKeys(labelled.photos, pack.manifest.collections);
    if (!previews) return await use(photos);
    await mkdir(folder);
    return await use(await withPreviews(photos, folder));
  } finally {
    await rm(folder, { recursive: true, force: true });
    await labelled.release();
  }
}

/** Per exit of the pack, the classes of its network. */
const classesAtExits = ({ networks }: Pack): ClassMap[] => networks.flatMap(({ stages, classes }) => stages.map(() => classes));

/** Per exit of the pack, the margin of its network; none where none are asked for. */
function marginsAtExits({ networks, manifest }: Pack, margins?: readonly number[]): number[] {
  if (margins && margins.length !== networks.length) {
    const counted = networks.length === 1 ? 'one network' : `${networks.length} networks`;
    throw new PackError('margins', `The pack "${manifest.title}" has ${counted}, but ${margins.length} margins were given for it.`, {
      hint: 'Give one margin per network, coarse first, as in --margins 1.6,0.8,0.8.',
    });
  }
  return networks.flatMap(({ stages }, network) => stages.map(() => margins?.[network] ?? 0));
}
