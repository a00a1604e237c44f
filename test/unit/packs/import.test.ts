import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { exportOnnx, importPack, joinPack, loadPack } from '../../../src-main/packs/index.ts';
import { parseConfigFile } from '../../../src-main/packs/config-file.ts';
import { writePack } from '../../../src-main/packs/write.ts';
import { graph } from '../network/graphs.ts';
import { photos32 } from './fixture-packs.ts';
import { fixtures } from './logits.ts';
import { calibrated, colourDraft, colourFiles, colourNetwork, temporaryFolder, writeColours } from './made.ts';

const root = temporaryFolder();
let place: string;
let to: string;
let made = 0;
beforeEach(() => {
  place = join(root, String(made++));
  mkdirSync(place);
  to = join(place, 'pack');
});

const write = (name: string, value: unknown): string => {
  const path = join(place, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
};
const config = join(fixtures, 'photos32-interim.config.json');
const toy = fileURLToPath(new URL('../../fixtures/checkpoints/training.pth.tar', import.meta.url)); // no RANet

describe('importing a checkpoint', () => {
  const refused = async (request: Partial<Parameters<typeof importPack>[0]>, message: string): Promise<void> => {
    const before = readdirSync(place);
    await expect(importPack({ checkpoint: toy, config, to, ...request })).rejects.toThrow(message);
    expect(readdirSync(place)).toEqual(before);
  };

  it('asks for the configuration, which no checkpoint tells', async () => {
    await refused({ config: undefined }, `A checkpoint does not tell the RANet's configuration, so ${toy} cannot be imported alone.`);
  });

  it('of another network names the first tensor that is not there', async () => {
    await refused(
      { labels: join(fixtures, 'photos32-interim.labels.json') },
      'The tensor scale_flows.0.0.layers.0.conv_normal.net.0.weight of shape [',
    );
  });

  it('wants one label per class', async () => {
    await refused({}, `The RANet has 26 classes, but ${toy} labels 2.`);
    const labels = write('l.json', ['cats']);
    await refused({ labels }, `The RANet has 26 classes, but ${labels} labels 1.`);
    const unlabelled = fileURLToPath(new URL('../../fixtures/checkpoints/views.pth.tar', import.meta.url));
    await refused({ checkpoint: unlabelled }, `${unlabelled} holds no labels, so its classes have no names.`);
  });

  it('refuses a configuration that cannot be, and one that is no JSON', async () => {
    await refused(
      { config: write('c.json', { config: { stem: 'cifar' } }) },
      'This is no RANet configuration that can run: the field numClasses is missing.',
    );
    await refused({ config: write('c.json', 'stem=cifar') }, `${join(place, 'c.json')} is not JSON: `);
    await refused({ config: join(place, 'nowhere.json') }, `There is no file ${join(place, 'nowhere.json')}.`);
  });

  it('refuses a picture and a file that is not there', async () => {
    await refused({ checkpoint: write('cat.pth.tar', 'GIF89a and a cat') }, 'torch.save');
    await refused({ checkpoint: join(place, 'nowhere.pth.tar') }, `There is no file ${join(place, 'nowhere.pth.tar')}.`);
  });

  it('touches nothing at a place that is taken', async () => {
    mkdirSync(to);
    await refused({}, `${to} is there already; it is not written over.`);
  });
});

describe('the configuration file', () => {
  const bare = (JSON.parse(readFileSync(config, 'utf8')) as { config: object }).config;
  const parse = (value: unknown) => parseConfigFile(value, 'ranet.json');
  const withPreprocessing = (preprocessing: object) => parse({ config: bare, preprocessing });

  it('may be the configuration alone, with the usual preprocessing', () => {
    const { forPeople, config: parsed, preprocessing } = parse(bare);
    expect(forPeople).toEqual({});
    expect(parsed.inputSize).toBe(32);
    expect(preprocessing).toEqual({
      crop: 'centre',
      filter: 'lanczos3',
      transparent: 'white',
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    });
  });

  it('may tell what the pack says of itself to people', () => {
    const people = { name: 'n', title: 'Photos', version: '2', licence: 'MIT', source: 'trained here' };
    expect(parse({ ...people, config: bare }).forPeople).toEqual(people);
  });

  it('tells the short side as a number or in a sentence', () => {
    expect(withPreprocessing({ short: 40 }).preprocessing.short).toBe(40);
    expect(withPreprocessing({ resize: 'short side to 36, long side rounded' }).preprocessing.short).toBe(36);
    expect(withPreprocessing({ resize: 'short side to 32' }).preprocessing).not.toHaveProperty('short');
    expect(withPreprocessing({ resize: 'none' }).preprocessing).not.toHaveProperty('short');
  });

  it('tells mean and deviation', () => {
    const { preprocessing } = withPreprocessing({ mean: [0.5, 0.4, 0.3], std: [0.2, 0.2, 0.1] });
    expect(preprocessing).toMatchObject({ mean: [0.5, 0.4, 0.3], std: [0.2, 0.2, 0.1] });
  });

  it('is refused where what it tells cannot be', () => {
    expect(() => withPreprocessing({ short: 20 })).toThrow('ranet.json brings the short side to 20 pixels, but the network looks at 32.');
    expect(() => withPreprocessing({ std: [0.2, 0, 0.1] })).toThrow(
      'ranet.json is not as it must be at preprocessing.std: expected numbers above 0.',
    );
    expect(() => parse([])).toThrow('This is no RANet configuration that can run');
  });
});

describe('an exported network', () => {
  const lone = () => {
    const network: Partial<ReturnType<typeof colourNetwork>> = colourNetwork();
    delete network.exits;
    for (const [name, bytes] of colourFiles()) writeFileSync(join(place, name), bytes);
    return network;
  };
  const labels = {
    leaves: [],
    collections: [
      { key: 'warm', title: 'Warm' },
      { key: 'cold', title: 'Cold' },
    ],
  };

  it('has its files, NETWORK.json and labels in a folder of its own where there are several', async () => {
    await writeColours(join(place, 'colours'));
    await exportOnnx(join(place, 'colours'), join(place, 'one'));
    expect(readdirSync(join(place, 'one')).sort()).toEqual(['NETWORK.json', 'labels.json', 'one.onnx', 'two.onnx']);
    await joinPack({ pack: join(place, 'colours'), network: join(place, 'one', 'NETWORK.json'), to });
    await exportOnnx(to, join(place, 'two'));
    expect(readdirSync(join(place, 'two')).sort()).toEqual(['network-1', 'network-2']);
    expect(readdirSync(join(place, 'two', 'network-2')).sort()).toEqual([
      'NETWORK.json',
      'labels.json',
      'network-2-one.onnx',
      'network-2-two.onnx',
    ]);
  });

  it('of a RANet has a file per stage', async () => {
    await exportOnnx(photos32, to);
    expect(readdirSync(to).filter((name) => name.endsWith('.onnx'))).toEqual([1, 2, 3, 4, 5, 6].map((stage) => `stage-${stage}.onnx`));
  });

  it('becomes a pack, its exits counted anew', async () => {
    await importPack({ checkpoint: write('NETWORK.json', lone()), labels: write('l.json', labels), to });
    expect((await loadPack(to)).macs).toEqual([6, 12]);
  });

  it.each<[string, (network: Record<string, unknown>) => void, string]>([
    ['without labels beside it', () => undefined, 'labels.json.'],
    ['with a field that is not known', (n) => (n.colour = 1), 'is not as it must be at colour: '],
    ['with a stage that is not there', (n) => (n.stages = [{ file: 'three.onnx', inputs: ['picture'] }]), 'three.onnx.'],
    [
      'that reads another network',
      (n) => (n.stages = [{ file: 'exit.onnx', inputs: ['exit1.features'] }]),
      'exit.onnx: its input "exit1.features" is of no earlier exit; there is no network before it.',
    ],
    [
      'for other classes',
      (n) => (n.classes = [{ name: 'warm', collection: 'warm' }]),
      'one.onnx: its logits are [2, 2] for 2 photos, expected [2, 1].',
    ],
  ])('%s is refused', async (_, edit, message) => {
    const network = lone();
    edit(network);
    const reads = {
      nodes: [
        ['Identity', ['exit1.features'], ['features']],
        ['MatMul', ['exit1.features', 'w'], ['logits']],
      ],
    };
    writeFileSync(
      join(place, 'exit.onnx'),
      graph({
        nodes: reads.nodes as [string, string[], string[]][],
        constants: { w: { shape: [3, 2], values: [1, 2, 3, 4, 5, 6] } },
        inputs: { 'exit1.features': [3] },
        outputs: { logits: [2], features: [3] },
      }),
    );
    const path = write('NETWORK.json', network);
    const before = readdirSync(place);
    await expect(importPack({ checkpoint: path, to })).rejects.toThrow(message);
    expect(readdirSync(place)).toEqual(before);
  });
});

describe('joining', () => {
  const closer = async (edit: (network: Record<string, unknown>) => void = () => undefined) => {
    await writeColours(join(place, 'first'), calibrated());
    await exportOnnx(join(place, 'first'), join(place, 'closer'));
    const path = join(place, 'closer', 'NETWORK.json');
    const network = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    edit(network);
    writeFileSync(path, JSON.stringify(network));
    return { pack: join(place, 'first'), network: path, to };
  };

  it('puts the network last and clears the calibration', async () => {
    const request = await closer();
    await joinPack(request);
    const pack = await loadPack(to);
    expect(pack).toMatchObject({ calibrated: false, exits: 4, firstExits: [1, 3], macs: [6, 12, 18, 24] });
    expect(Object.keys(pack.manifest)).not.toContain('review');
    expect(pack.networks[1]!.stages.map(({ exits }) => exits[0]!.exit)).toEqual([3, 4]);
    await expect(loadPack(request.pack)).resolves.toMatchObject({ calibrated: true, exits: 2 });
  });

  it('drops the drawings of what was measured, and keeps what people wrote of the pack', async () => {
    const request = await closer();
    const described = join(place, 'described');
    const drawn = [['confusion-made.svg', '<svg/>'], ['curve.svg', '<svg/>'], ['about.md', 'Of colours.\n']] as const; // prettier-ignore
    await writePack(described, colourDraft(calibrated()), new Map<string, Uint8Array | string>([...colourFiles(), ...drawn]));
    await joinPack({ ...request, pack: described });
    expect(Object.keys((await loadPack(to)).manifest.files).filter((name) => /svg|md/.test(name))).toEqual(['about.md', 'README.md']);
    expect(readFileSync(join(to, 'README.md'), 'utf8')).toContain('Of colours.');
  });

  it('brings the notice of its weights, behind the one that is there', async () => {
    const request = await closer();
    writeFileSync(join(place, 'closer', 'NOTICE'), 'First.\n');
    await joinPack(request);
    writeFileSync(join(place, 'closer', 'NOTICE'), 'Second.\n');
    const twice = join(place, 'twice');
    await joinPack({ ...request, pack: to, to: twice });
    expect(readFileSync(join(twice, 'NOTICE'), 'utf8')).toBe('First.\n\nSecond.\n');
    await expect(loadPack(twice)).resolves.toMatchObject({ exits: 6 });
  });

  it('reads the features that it names, and no others', async () => {
    const request = await closer((network) => (network.stages = [{ file: 'head.onnx', inputs: ['exit2.features'] }]));
    const head = (features: number) =>
      graph({
        nodes: [
          ['Relu', ['exit2.features'], ['features']],
          ['MatMul', ['features', 'w'], ['logits']],
        ],
        constants: { w: { shape: [features, 2], values: Array.from({ length: 2 * features }, (_, i) => i) } },
        inputs: { 'exit2.features': [features] },
        outputs: { logits: [2], features: [features] },
      });
    const path = join(place, 'closer', 'head.onnx');
    writeFileSync(path, head(4));
    await expect(joinPack(request)).rejects.toThrow(/^head\.onnx does not run: .*exit2\.features/);
    writeFileSync(path, head(3));
    await joinPack(request);
    expect(await loadPack(to)).toMatchObject({ needs: [[], ['exit2.features']], featuresNeeded: [2] });
  });

  it.each<[string, (network: Record<string, unknown>) => void, string]>([
    [
      'a class of no collection',
      (n) => (n.classes = ['warm', 'wet'].map((name) => ({ name, collection: name }))),
      'the class "wet" of network 2 is of the collection "wet", which is not listed.',
    ],
    [
      'features of an exit that is not before',
      (n) => ((n.stages as { inputs: string[] }[])[1]!.inputs = ['exit3.features']),
      'two.onnx: its input "kept" is not among those that the pack lists (exit3.features).',
    ],
    ['another kind', (n) => (n.kind = 'ranet'), 'is not as it must be at kind: '],
  ])('refuses %s', async (_, edit, message) => {
    const request = await closer(edit);
    await expect(joinPack(request)).rejects.toThrow(message);
    expect(readdirSync(place).sort()).toEqual(['closer', 'first']);
  });

  it('refuses a pack that is damaged', async () => {
    const request = await closer();
    cpSync(join(place, 'first', 'one.onnx'), join(place, 'first', 'two.onnx'));
    await expect(joinPack(request)).rejects.toThrow('cannot be used: two.onnx is damaged');
  });
});
