/** Imported weights against what the training code computed with them: the same pictures, byte for byte, and the logits of every exit. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Pack, exportOnnx, importPack, loadPack, unsplitPlan } from '../../../src-main/packs/index.ts';
import { fixturePacks, photos32, photos64, secondOpinionWeight } from './fixture-packs.ts';
import { difference, expectedOf, fixtures, logitsOf, picturesOf, shared } from './logits.ts';
import { temporaryFolder } from './made.ts';

const checkpoints = join(shared, 'checkpoints');
const tolerance = 1e-4; // of the largest logit
const expected32 = expectedOf(join(fixtures, 'photos32-interim.expected.json'));

describe('the pack made from the small checkpoint', () => {
  it('costs and gives what the training code says', async () => {
    const pack = await loadPack(photos32);
    expect(pack.macs).toEqual(expected32.macs);
    expect(pack.pictures).toEqual([{ side: 32, short: 36 }]);
    const logits = await logitsOf(pack, [picturesOf(expected32)]);
    expect(
      difference(
        logits,
        expected32.photos.map((photo) => photo.logits),
      ),
    ).toBeLessThan(tolerance);
  });

  it('gives them unsplit, too', async () => {
    const pack = await loadPack(photos32);
    const logits = await logitsOf({ ...pack, networks: [await unsplitPlan(pack)] }, [picturesOf(expected32)]);
    expect(
      difference(
        logits,
        expected32.photos.map((photo) => photo.logits),
      ),
    ).toBeLessThan(tolerance);
  });

  it('gives the same after it was exported and taken back alone', async () => {
    const folder = temporaryFolder();
    await exportOnnx(photos32, join(folder, 'onnx'));
    await importPack({ checkpoint: join(folder, 'onnx', 'NETWORK.json'), to: join(folder, 'back') });
    const [pack, back] = [await loadPack(photos32), await loadPack(join(folder, 'back'))];
    expect(back.macs).toEqual(pack.macs); // here counted from the graphs
    expect(back.networks.map(({ classes }) => classes)).toEqual(pack.networks.map(({ classes }) => classes));
    expect(back.pictures).toEqual(pack.pictures);
    const pictures = [picturesOf(expected32)];
    expect(await logitsOf(back, pictures)).toEqual(await logitsOf(pack, pictures));
    await expect(unsplitPlan(back)).rejects.toThrow('comes as one file per stage, so there is no unsplit graph of it.');
  });
});

describe.skipIf(!existsSync(checkpoints))('checkpoints beside the checkout', () => {
  it.each(['photos32-interim', 'photos32-interim-legacy', 'photos64-interim'])(
    '%s agrees with the training code at every exit',
    async (name) => {
      const to = join(temporaryFolder(), 'pack');
      const described = join(checkpoints, name.replace('-legacy', ''));
      const request = {
        checkpoint: join(checkpoints, `${name}.pth.tar`),
        config: `${described}.config.json`,
        labels: `${described}.labels.json`,
      };
      await importPack({ ...request, to });
      const pack = await loadPack(to);
      const expected = expectedOf(`${described}.expected.json`);
      expect(pack.macs).toEqual(expected.macs);
      const logits = await logitsOf(pack, [picturesOf(expected)]);
      const largest = difference(
        logits,
        expected.photos.map((photo) => photo.logits),
      );
      console.log(`${name}: largest difference ${largest.toExponential(1)} of the largest logit`);
      expect(largest).toBeLessThan(tolerance);
    },
  );
});

it('a joined pack gives the logits of each part alone, and at its last exit those that the feature vectors of both make', async () => {
  const [pack, coarse, fine] = (await Promise.all([(await fixturePacks()).joined, photos32, photos64].map(loadPack))) as [Pack, Pack, Pack];
  const { side } = fine.networks[0]!;
  const pictures32 = picturesOf(expected32);
  const photos = expected32.photos.length;
  const waves = Uint8Array.from(
    { length: photos * 3 * side * side },
    (_, i) => 128 + 100 * Math.sin(i / 50 + Math.floor(i / (3 * side * side))),
  );
  const own = await logitsOf(coarse, [pictures32]);
  const exits = fine.networks[0]!.stages.length;
  const closer = await logitsOf({ ...fine, networks: fine.networks.slice(0, 1) }, [waves]); // the joined pack has its first network only
  const { collectionOf } = pack.networks[2]!.classes;
  const last = closer.map((logits, photo) =>
    logits.at(-1)!.map((z, leaf) => z + secondOpinionWeight * own[photo]!.at(-1)![collectionOf[leaf]!]!),
  );

  const found = await logitsOf(pack, [pictures32, waves, waves]);
  expect(
    difference(
      found,
      own.map((logits, photo) => [...logits, ...closer[photo]!, last[photo]!]),
    ),
  ).toBeLessThan(tolerance);
  expect(pack.firstExits).toEqual([1, 1 + coarse.exits, 1 + coarse.exits + exits]);
  expect(pack.macs.slice(0, -1)).toEqual([...coarse.macs, ...fine.macs.slice(0, exits).map((macs) => macs + coarse.macs.at(-1)!)]);
});
