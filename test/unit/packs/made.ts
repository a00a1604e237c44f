/** Small packs of hand-made graphs in temporary folders, for tests of what packs refuse. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { ManifestDraft } from '../../../src-main/packs/manifest.ts';
import { writePack } from '../../../src-main/packs/write.ts';
import { graph } from '../network/graphs.ts';

/** A folder of the test file's own, removed after its tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'squint-packs-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** logits [N, 2] = features [N, 3] × weights, features being the mean colour of a 1 × 1 picture, and `kept` for a next stage. */
export const colourGraph = (): Uint8Array =>
  graph({
    nodes: [
      ['Flatten', ['picture'], ['features']],
      ['MatMul', ['features', 'weights'], ['logits']],
      ['Relu', ['features'], ['kept']],
    ],
    constants: { weights: { shape: [3, 2], values: [1, 0, 0, 1, 0.5, 0.5] } },
    inputs: { picture: [3, 1, 1] },
    outputs: { logits: [2], features: [3], kept: [3] },
  });

/** A second stage of the same network, that reads what the first leaves. */
export const keptGraph = (): Uint8Array =>
  graph({
    nodes: [
      ['Identity', ['kept'], ['features']],
      ['MatMul', ['kept', 'weights'], ['logits']],
    ],
    constants: { weights: { shape: [3, 2], values: [2, 0, 0, 2, 1, 1] } },
    inputs: { kept: [3] },
    outputs: { logits: [2], features: [3] },
  });

export const preprocessing = { crop: 'centre', filter: 'lanczos3', transparent: 'white', mean: [0, 0, 0], std: [1, 1, 1] } as const;

export const colourNetwork = () => ({
  kind: 'graphs' as const,
  side: 1,
  preprocessing: { ...preprocessing, mean: [0, 0, 0], std: [1, 1, 1] },
  classes: [
    { name: 'warm', collection: 'warm' },
    { name: 'cold', collection: 'cold' },
  ],
  exits: [
    { macs: 6, features: 3 },
    { macs: 12, features: 3 },
  ],
  stages: [
    { file: 'one.onnx', inputs: ['picture'] },
    { file: 'two.onnx', inputs: ['kept'] },
  ],
});

export const colourDraft = (more: Partial<ManifestDraft> = {}): ManifestDraft => ({
  format: 1,
  name: 'colours',
  version: '1',
  title: 'Colours',
  licence: 'CC0',
  source: 'made by hand',
  collections: [
    { key: 'warm', title: 'Warm' },
    { key: 'cold', title: 'Cold' },
  ],
  networks: [colourNetwork()],
  ...more,
});

export const colourFiles = (): Map<string, Uint8Array> =>
  new Map([
    ['one.onnx', colourGraph()],
    ['two.onnx', keptGraph()],
  ]);

/** Figures for `colourDraft`, as calibrating leaves them. */
export const calibrated = (): Partial<ManifestDraft> => ({
  temperatures: [2, 1.5],
  milliseconds: [
    { network: 1, read: 2 },
    { network: 2, read: 2 },
  ],
  presets: { saver: [0.5], balanced: [0.6], accurate: [0.7], full: [1e8] },
  review: 0.4,
  calibration: { name: 'made', split: null, half: 'fit', photos: 10, rung: 'preview' },
});

export const writeColours = (to: string, more: Partial<ManifestDraft> = {}): Promise<void> =>
  writePack(to, colourDraft(more), colourFiles());

/** Changes pack.json as an editor would. */
export function editManifest(folder: string, edit: (manifest: never) => void): void {
  const path = join(folder, 'pack.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as object;
  edit(manifest as never);
  writeFileSync(path, JSON.stringify(manifest));
}
