/** The logits of a pack's first network for given inputs: how a pack is held against the network that it was made from. */
import { open } from 'node:fs/promises';
import { FileError } from '../contract/errors.ts';
import { loadPack, unsplitPlan } from '../packs/index.ts';
import { nobody } from '../policy/index.ts';
import { Inference } from './inference.ts';

export interface LogitsRequest {
  readonly pack: string; // folder
  readonly input: string; // file of float32, little-endian, N × 3 × side × side, as it enters the network
  readonly unsplit: boolean; // by the one graph with all exits instead of stage by stage
}

export interface ExitLogits {
  readonly exit: number; // from 1
  readonly logits: readonly number[]; // one per class
}

const largestInput = 2 ** 28; // bytes: 5,400 pictures at 64 pixels

/**
 * @returns per picture, per exit of the first network
 * @throws {FileError} `input-size` where the file holds no whole number of pictures; what the pack says
 */
export async function logits({ pack: folder, input, unsplit }: LogitsRequest): Promise<ExitLogits[][]> {
  const pack = await loadPack(folder);
  const plan = unsplit ? await unsplitPlan(pack) : pack.networks[0]!;
  const floats = await readFloats(input, 3 * plan.side * plan.side, plan.side);
  const exits = plan.stages.flatMap((stage) => stage.exits);
  const inference = new Inference({
    networks: [plan],
    provider: 'cpu',
    want: { features: [], logits: true },
  });
  const thresholds = exits.map(() => nobody);
  try {
    const ran = await Promise.all(floats.map((picture) => inference.look(0, { picture, features: {}, thresholds })));
    return ran.map((photo) => photo.logits.map((values, i) => ({ exit: exits[i]!.exit, logits: [...values] })));
  } finally {
    await inference.close();
  }
}

/** Pictures of so many floats each. */
async function readFloats(path: string, perPicture: number, side: number): Promise<Float32Array[]> {
  const file = await open(path).catch((cause: unknown) => {
    throw new FileError(path, 'not-found', `There is no file ${path}.`, { cause });
  });
  try {
    const { size } = await file.stat();
    if (size === 0 || size % (4 * perPicture) !== 0 || size > largestInput) {
      const expected = `3 x ${side} x ${side} float32 values a picture, ${4 * perPicture} bytes`;
      throw new FileError(
        path,
        'input-size',
        `${path} has ${size} bytes; expected a whole number of pictures of ${expected}, at most ${largestInput} in all.`,
      );
    }
    const bytes = await file.readFile();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: size / (4 * perPicture) }, (_, n) =>
      Float32Array.from({ length: perPicture }, (_, i) => view.getFloat32(4 * (n * perPicture + i), true)),
    );
  } finally {
    await file.close();
  }
}
