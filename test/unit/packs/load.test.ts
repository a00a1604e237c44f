import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { PackError } from '../../../src-main/contract/errors.ts';
import { loadPack, verifyPack } from '../../../src-main/packs/index.ts';
import { photos32 } from './fixture-packs.ts';
import { writePack } from '../../../src-main/packs/write.ts';
import { graph } from '../network/graphs.ts';
import { calibrated, colourDraft, colourFiles, colourNetwork, editManifest, temporaryFolder, writeColours } from './made.ts';

const root = temporaryFolder();
let folder: string;
let made = 0;
beforeEach(() => {
  folder = join(root, `pack-${made++}`);
});

const groups = [{ key: 'all', title: 'All' }];
const inGroups = [
  { key: 'warm', title: 'Warm', group: 'all' },
  { key: 'cold', title: 'Cold' },
];

describe('a pack', () => {
  it('is loaded as what the reader and the network are told', async () => {
    await writeColours(folder, { collections: inGroups, groups });
    const pack = await loadPack(folder);
    expect(pack).toMatchObject({
      folder,
      digest: createHash('sha256')
        .update(readFileSync(join(folder, 'pack.json')))
        .digest('hex'),
      calibrated: false,
      exits: 2,
      firstExits: [1],
      macs: [6, 12],
      pictures: [{ side: 1, short: 1 }],
      needs: [[]],
      featuresNeeded: [],
    });
    const [network] = pack.networks;
    expect(network!.classes).toEqual({
      collections: ['warm', 'cold'],
      groups: ['all'],
      groupOf: [0, -1],
      collectionOf: [0, 1],
      leaves: null,
    });
    expect(network!.stages.map(({ inputs, exits }) => ({ inputs, exits }))).toEqual([
      { inputs: ['picture'], exits: [{ exit: 1, temperature: 1, logits: 'logits', features: 'features' }] },
      { inputs: ['kept'], exits: [{ exit: 2, temperature: 1, logits: 'logits', features: 'features' }] },
    ]);
  });

  it('that is calibrated has a temperature at each exit', async () => {
    await writeColours(folder, calibrated());
    const pack = await loadPack(folder);
    expect(pack.calibrated).toBe(true);
    expect(pack.networks[0]!.stages.flatMap(({ exits }) => exits.map(({ temperature }) => temperature))).toEqual([2, 1.5]);
  });

  it('has leaves where a collection has several classes', async () => {
    const network = { ...colourNetwork(), classes: ['sun', 'fire'].map((name) => ({ name, collection: 'warm' })) };
    await writeColours(folder, { networks: [network] });
    expect((await loadPack(folder)).networks[0]!.classes).toMatchObject({ collectionOf: [0, 0], leaves: ['sun', 'fire'] });
  });

  it('brings the short side to another length where the pack says so', async () => {
    const network = colourNetwork();
    await writeColours(folder, { networks: [{ ...network, preprocessing: { ...network.preprocessing, short: 3 } }] });
    expect((await loadPack(folder)).pictures).toEqual([{ side: 1, short: 3 }]);
  });
});

describe('a pack is refused', () => {
  const refused = (message: string) => expect(loadPack(folder)).rejects.toThrow(message);

  it('where there is none', async () => {
    await refused(`There is no pack in ${folder}: it has no pack.json.`);
    mkdirSync(folder);
    await expect(loadPack(folder)).rejects.toMatchObject({ code: 'no-pack', hint: 'squint packs list shows the packs there are.' });
  });

  it('by the name of a file that is missing', async () => {
    await writeColours(folder);
    rmSync(join(folder, 'two.onnx'));
    await refused(`The pack in ${folder} cannot be used: two.onnx is missing.`);
  });

  it('by the name of a file that is damaged, be it one that no network needs', async () => {
    await writeColours(folder);
    appendFileSync(join(folder, 'README.md'), ' ');
    await refused(`The pack in ${folder} cannot be used: README.md is damaged (SHA-256 `);
    await expect(loadPack(folder)).rejects.toBeInstanceOf(PackError);
  });

  it('where a file is a folder', async () => {
    await writeColours(folder);
    rmSync(join(folder, 'two.onnx'));
    mkdirSync(join(folder, 'two.onnx'));
    await refused('two.onnx could not be read.');
  });

  it('by the format of a newer Squint', async () => {
    await writeColours(folder);
    editManifest(folder, (manifest) => Object.assign(manifest, { format: 2, novelty: true }));
    await refused(`The pack in ${folder} has format 2; this Squint reads format 1.`);
  });

  it('where pack.json is no JSON', async () => {
    await writeColours(folder);
    writeFileSync(join(folder, 'pack.json'), '{"format": 1,');
    await refused(`${join(folder, 'pack.json')} is not JSON: `);
  });

  it.each<[string, (manifest: never) => void, string]>([
    ['a field that is not known', (m) => Object.assign(m, { colour: 1 }), 'at colour: '],
    ['a field that is missing', (m: { title?: string }) => delete m.title, 'at title: '],
    [
      'a path out of the folder',
      (m: Draft) => (m.networks[0]!.stages[0]!.file = '../one.onnx'),
      'at networks.0.stages.0.file: expected a plain file name.',
    ],
    ['an absolute path', (m: Draft) => (m.networks[0]!.stages[0]!.file = '/tmp/one.onnx'), 'expected a plain file name.'],
    ['a path for Windows', (m: Draft) => (m.networks[0]!.stages[0]!.file = 'C:\\one.onnx'), 'expected a plain file name.'],
    ['a path out of the folder among its files', (m: Draft) => (m.files['../../x'] = '0'.repeat(64)), 'expected a plain file name.'],
    ['no SHA-256', (m: Draft) => (m.files['one.onnx'] = 'abc'), 'at files.one.onnx: expected a SHA-256 in hexadecimal.'],
    [
      'a needed file that is not listed',
      (m: Draft) => Reflect.deleteProperty(m.files, 'two.onnx'),
      'contradicts itself: network 1 needs two.onnx, which is not among its files.',
    ],
    [
      'a stranger among the collections',
      (m: Draft) => (m.networks[0]!.classes[1]!.collection = 'wet'),
      'the class "cold" of network 1 is of the collection "wet", which is not listed.',
    ],
    ['two collections of one key', (m: Draft) => (m.collections[1]!.key = 'warm'), 'two collections have the same key.'],
    ['two groups of one key', (m) => Object.assign(m, { groups: [...groups, ...groups] }), 'two groups have the same key.'],
    [
      'a stranger among the groups',
      (m: Draft) => (m.collections[0]!.group = 'all'),
      'the collection "warm" names the group "all", which is not listed.',
    ],
    [
      'a short side under the side',
      (m: Draft) => Object.assign(m.networks[0]!, { side: 9, preprocessing: { ...m.networks[0]!.preprocessing, short: 8 } }),
      'network 1 crops 9 pixels from a short side of 8.',
    ],
    [
      'more exits than stages',
      (m: Draft) => m.networks[0]!.exits.push({ macs: 20, features: 3 }),
      'network 1 has 2 stages and 3 exits; each stage ends in one exit.',
    ],
    [
      'features of an exit that is not before',
      (m: Draft) => m.networks[0]!.stages[1]!.inputs.push('exit1.features'),
      'network 1 reads exit1.features, but there are only 0 exits in the networks before it.',
    ],
    [
      'half a calibration',
      (m) => Object.assign(m, { temperatures: [1, 1], review: 0.5 }),
      'it is calibrated, but lacks milliseconds, presets, calibration.',
    ],
    ['too few temperatures', (m) => Object.assign(m, calibrated(), { temperatures: [1] }), 'the number of temperatures is 1, expected 2.'],
    ['too few milliseconds', (m) => Object.assign(m, calibrated(), { milliseconds: [] }), 'the number of milliseconds is 0, expected 2.'],
    [
      'too many thresholds',
      (m) => Object.assign(m, calibrated(), { presets: { ...calibrated().presets, saver: [0.1, 0.2] } }),
      'the number of thresholds of saver is 2, expected 1.',
    ],
    [
      'margins that are not one per network',
      (m) => Object.assign(m, calibrated(), { calibration: { ...calibrated().calibration, margins: [1, 2, 3] } }),
      'the number of margins is 3, expected 1.',
    ],
    ['a temperature of 0', (m) => Object.assign(m, calibrated(), { temperatures: [0, 1] }), 'at temperatures.0: '],
    [
      'a graph that it describes wrongly',
      (m: Draft) => (m.networks[0]!.side = 2),
      'one.onnx: its picture is [N, 3, 1, 1], expected [N, 3, 2, 2].',
    ],
  ])('for %s', async (_, edit, message) => {
    await writeColours(folder);
    editManifest(folder, edit);
    await refused(message);
  });

  it.each<[string, (network: Ranet) => void, string]>([
    ['another side', (n) => (n.side = 34), 'pack.json contradicts itself: side is 34, the RANet looks at 32 pixels.'],
    ['another number of classes', (n) => n.classes.pop(), '25 classes are listed, the RANet has 26.'],
    [
      'other MACs',
      (n) => (n.exits[1]!.macs = 5),
      'exit 2 of the RANet: 5 MACs, 128 features stated, 16038400 MACs, 128 features by its configuration.',
    ],
    ['too few exits', (n) => n.exits.pop(), 'exit 6 of the RANet: none stated, 31553216 MACs, 128 features by its configuration.'],
    [
      'too many exits',
      (n) => n.exits.push({ macs: 9, features: 9 }),
      'exit 7 of the RANet: 9 MACs, 9 features stated, none by its configuration.',
    ],
    [
      'an impossible configuration',
      (n) => (n.config.scaleList = [1, 2, 4]),
      'This is no RANet configuration that can run: scaleList is 1-2-4;',
    ],
    [
      'another configuration',
      (n) => (n.config.nChannels = 8),
      'The tensor scale_flows.0.0.layers.0.conv_normal.net.0.weight should have the shape ',
    ],
  ])('for %s than its RANet has', async (_, edit, message) => {
    cpSync(photos32, folder, { recursive: true });
    editManifest(folder, ({ networks }: { networks: Ranet[] }) => edit(networks[0]!));
    await refused(message);
  });
});

describe('verifying', () => {
  it('finds nothing in a sound pack', async () => {
    await writeColours(folder);
    expect(await verifyPack(folder)).toEqual([]);
    expect(await verifyPack(photos32)).toEqual([]);
  });

  it('names every file that is not as it was', async () => {
    await writeColours(folder);
    appendFileSync(join(folder, 'one.onnx'), ' ');
    rmSync(join(folder, 'README.md'));
    const found = await verifyPack(folder);
    expect(found.map(({ file }) => file)).toEqual(['one.onnx', 'README.md']);
    expect(found[0]!.message).toContain('one.onnx is damaged');
    expect(found[1]!.message).toContain('README.md is missing');
  });

  it('names pack.json where that is wrong', async () => {
    expect(await verifyPack(folder)).toEqual([{ file: 'pack.json', message: `There is no pack in ${folder}: it has no pack.json.` }]);
  });

  it('runs the graphs, which loading does not', async () => {
    const misfit = graph({
      nodes: [
        ['Identity', ['kept'], ['features']],
        ['MatMul', ['kept', 'weights'], ['logits']],
      ],
      constants: { weights: { shape: [4, 2], values: [1, 2, 3, 4, 5, 6, 7, 8] } },
      inputs: { kept: [3] },
      outputs: { logits: [2], features: [3] },
    });
    await writePack(folder, colourDraft(), colourFiles().set('two.onnx', misfit));
    await expect(loadPack(folder)).resolves.toMatchObject({ exits: 2 });
    expect((await verifyPack(folder)).map(({ message }) => message)).toEqual([expect.stringMatching(/^two\.onnx does not run: /)]);
  });
});

interface Draft {
  collections: { key: string; group?: string }[];
  networks: (ReturnType<typeof colourNetwork> & { side: number })[];
  files: Record<string, string>;
}

interface Ranet {
  side: number;
  classes: object[];
  exits: { macs: number; features: number }[];
  config: Record<string, unknown>;
}
