import { expect, it } from 'vitest';
import { gridsOf, parseConfig } from '../../../src-main/ranet/index.ts';
import { loadPack } from '../../../src-main/packs/index.ts';
import { photos32 } from '../packs/fixture-packs.ts';

it('a RANet of three scales at 32 pixels looks at 8, 16 and 32 places a side, and its exits read 8', async () => {
  const [network] = (await loadPack(photos32)).manifest.networks;
  if (network?.kind !== 'ranet') throw new Error('photos32 is a RANet');
  const { subnets, exits } = gridsOf(parseConfig(network.config));
  expect(subnets).toEqual([8, 16, 32]);
  expect(exits).toEqual([0, 0, 1, 1, 2, 2].map((subnet) => ({ subnet, side: 8 })));
});
