/**
 * Packs on disk: a folder with one or more networks, coarse first, their labels, calibration and card. Read, written, verified, imported,
 * exported and joined here; `calibration/` has the arithmetic of measuring one. No catalogue and no photo is known here, and nothing is
 * classified: a pack becomes what the reader and the network child are told.
 */
export * from './calibration/index.ts';
export { aboutFile, withFigures } from './card.ts';
export { type Half, type LabelledPhoto, isIn, openData, withKeys } from './data.ts';
export { exportOnnx } from './export.ts';
export { readFiles, readWhole } from './files.ts';
export { type ImportRequest, importPack } from './import.ts';
export { type JoinRequest, joinPack } from './join.ts';
export { type Listed, listPacks } from './list.ts';
export { type Pack, loadPack } from './load.ts';
export { type Collection, type Group, type Manifest, type ManifestDraft, type Network, isCalibrated } from './manifest.ts';
export { cameraPhoto, referencePhotos, withPreviews } from './previews.ts';
export { policyFor } from './policy.ts';
export { unsplitPlan } from './unsplit.ts';
export { type Fault, verifyPack } from './verify.ts';
export { replacePack } from './write.ts';
