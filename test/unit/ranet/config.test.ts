import { describe, expect, it } from 'vitest';
import { PackError } from '../../../src-main/contract/errors.ts';
import { parseConfig } from '../../../src-main/ranet/config.ts';
import { goldens } from './golden.ts';

const { config } = goldens.find(({ name }) => name === 'cifar10-123')!;
const lists = (scaleList: number[]): object => ({ scaleList, grFactor: scaleList.map(() => 1), bnFactor: scaleList.map(() => 1) });

/** The message without its opening words. */
function refusalOf(value: unknown): string {
  try {
    parseConfig(value);
  } catch (error) {
    if (!(error instanceof PackError) || error.code !== 'ranet-config') throw error;
    return error.message.replace('This is no RANet configuration that can run: ', '');
  }
  return 'accepted';
}

describe('a configuration that cannot run is refused by name', () => {
  const whole = 'expected a whole number from 1 to';
  it.each([
    [{ step: 2.5 }, `step is 2.5; ${whole} 256.`],
    [{ step: '4' }, `step is "4"; ${whole} 256.`],
    [{ nBlocks: undefined }, 'the field nBlocks is missing.'],
    [{ blockStep: 0 }, `blockStep is 0; ${whole} 256.`],
    [{ numClasses: 1e9 }, `numClasses is 1000000000; ${whole} 100000.`],
    [{ stem: 'mnist' }, 'stem is "mnist"; expected "cifar" or "imagenet".'],
    [{ scaleList: '1-2-3' }, 'scaleList is "1-2-3"; expected a list of 1 to 16 whole numbers, one per sub-network.'],
    [{ scaleList: [] }, 'scaleList is a list of 0; expected a list of 1 to 16 whole numbers, one per sub-network.'],
    [{ scaleList: [0, 1, 2] }, `scaleList[0] is 0; ${whole} 16.`],
    [{ bnFactor: [4, 2, 0.5] }, `bnFactor[2] is 0.5; ${whole} 256.`],
    [{ reduction: 0 }, 'reduction is 0; expected a number above 0, at most 16.'],
    [{ compressFactor: NaN }, 'compressFactor is NaN; expected a share from 0 to 1.'],
    [{ scaleList: [1, 2] }, 'scaleList, grFactor and bnFactor need one entry per sub-network each, but have 2, 3 and 3.'],
    [{ scaleList: [1, 3, 4] }, 'scaleList is 1-3-4; each scale must equal the one before it or be 1 above, but 3 follows 1.'],
    [{ scaleList: [1, 2, 1] }, 'scaleList is 1-2-1; each scale must equal the one before it or be 1 above, but 1 follows 2.'],
    [{ step: 1 }, 'step is 1; with more than one sub-network a block needs at least 2 layers.'],
    [
      { growthRate: 3 },
      'compressFactor 0.25 splits the 3 channels that sub-network 3 of 3 grows by (growthRate 3 times grFactor 1) ' +
        'into 0 from the coarser sub-network and 3 of its own; each must be at least 1.',
    ],
    [
      { compressFactor: 1 },
      'compressFactor 1 splits the 12 channels that sub-network 2 of 3 grows by (growthRate 6 times grFactor 2) ' +
        'into 12 from the coarser sub-network and 0 of its own; each must be at least 1.',
    ],
    [
      { reduction: 0.001 },
      'reduction 0.001 leaves none of the 185 channels in the transition of sub-network 2, block 2; it must leave at least 1.',
    ],
    [
      { inputSize: 64 },
      'inputSize 64 with stem cifar and scaleList 1-2-3 gives maps of side 16, 16, 16 at the exits of its sub-networks; each must be 5 to 12.',
    ],
    [
      lists([1, 2]),
      'inputSize 32 with stem cifar and scaleList 1-2 gives maps of side 16, 16 at the exits of its sub-networks; each must be 5 to 12.',
    ],
    [
      lists([1, 1, 2, 3]),
      'inputSize 32 with stem cifar and scaleList 1-1-2-3 gives maps of side 8, 4, 8, 8 at the exits of its sub-networks; each must be 5 to 12.',
    ],
  ])('%j', (change, message) => expect(refusalOf({ ...config, ...change })).toBe(message));

  it.each([
    [null, 'expected an object with the fields of a RANet configuration, but got null.'],
    ['cifar', 'expected an object with the fields of a RANet configuration, but got "cifar".'],
    [{}, 'the field stem is missing.'],
  ])('%j', (value, message) => expect(refusalOf(value)).toBe(message));

  it.each([
    ['a map of side 4', 16],
    ['a map of side 13', 49],
  ])('%s at the exits', (_, inputSize) => expect(refusalOf({ ...config, inputSize })).toContain(`inputSize ${inputSize} with stem cifar`));

  it('says what to change where the maps do not fit', () => {
    expect(() => parseConfig({ ...config, inputSize: 64 })).toThrow(
      expect.objectContaining({
        hint: 'Change inputSize or scaleList: each rise of scale halves the maps, and the ImageNet stem halves them twice more.',
      }),
    );
  });
});

describe('an absurdly large configuration is refused in little time', () => {
  it.each([
    [
      { nBlocks: 256, blockStep: 256, step: 256, stepMode: 'lg' },
      'nBlocks, blockStep and step make 117637120 layers; at most 2048 can be built.',
    ],
    [
      { nBlocks: 256, step: 2 }, // channels grow with every fusion block
      'nChannels, growthRate, their factors, numClasses and the numbers of blocks and layers make more than 500,000,000 parameters, too many for one graph.',
    ],
    [
      { ...lists([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), inputSize: 4096, nChannels: 1024, growthRate: 4, nBlocks: 1, blockStep: 1, step: 2 },
      'inputSize 4096 and the numbers of channels make a map of more than 134,217,728 values.',
    ],
  ])('%j', (change, message) => {
    expect(refusalOf({ ...config, ...change })).toBe(message); // in bounded time: one that is built instead runs into the test's limit
  });
});

describe('a legal configuration passes', () => {
  it.each([
    ['a list that starts above 1', { scaleList: [2, 3, 4] }],
    ['one sub-network of single layers', { ...lists([1]), step: 1, inputSize: 9 }],
    ['the ImageNet stem at 64 pixels with two scales', { ...lists([1, 2]), stem: 'imagenet', inputSize: 64 }],
    ['scale 1 twice where the maps allow it', { ...lists([1, 1, 2, 3]), inputSize: 40 }],
    ['maps of side 5', { inputSize: 17 }],
    ['maps of side 12', { inputSize: 48 }],
  ])('%s', (_, change) => expect(parseConfig({ ...config, ...change })).toEqual({ ...config, ...change }));

  it('without fields that it does not know', () => expect(parseConfig({ ...config, bnAfter: true })).toEqual(config));
});
