import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { listPacks, loadPack, replacePack } from '../../../src-main/packs/index.ts';
import { writeFolder, writePack } from '../../../src-main/packs/write.ts';
import { calibrated, colourDraft, colourFiles, colourNetwork, editManifest, temporaryFolder, writeColours } from './made.ts';

const root = temporaryFolder();
let place: string; // an empty folder of each test's own
let made = 0;
beforeEach(() => {
  place = join(root, String(made++));
  mkdirSync(place);
});

describe('writing a pack', () => {
  it('makes a folder that loads, with its card, and leaves nothing beside it', async () => {
    const to = join(place, 'colours');
    await writeColours(to);
    await expect(loadPack(to)).resolves.toMatchObject({ exits: 2 });
    expect(readdirSync(place)).toEqual(['colours']);
    expect(readFileSync(join(to, 'README.md'), 'utf8')).toMatch(
      /^# Colours\n[^]*into 2 collections: Warm; Cold\.\n[^]*Not calibrated[^]*Source: made by hand\. Licence: CC0\./,
    );
  });

  it('never writes over what is there, a folder, an empty one or a file', async () => {
    for (const name of ['full', 'empty']) mkdirSync(join(place, name));
    writeFileSync(join(place, 'full', 'mine.txt'), 'mine');
    writeFileSync(join(place, 'file'), 'mine');
    for (const name of ['full', 'empty', 'file']) {
      const to = join(place, name);
      await expect(writeColours(to)).rejects.toMatchObject({
        code: 'target-exists',
        message: `${to} is there already; it is not written over.`,
        hint: 'Give another folder to --to.',
      });
    }
    expect(readdirSync(place).sort()).toEqual(['empty', 'file', 'full']);
    expect(readdirSync(join(place, 'empty'))).toEqual([]);
    expect(readFileSync(join(place, 'file'), 'utf8')).toBe('mine');
  });

  it('leaves nothing behind when it fails on the way', async () => {
    const files = new Map([
      ['a.txt', 'a'],
      [`${'long'.repeat(100)}.txt`, 'no file system has names of 400 letters'],
    ]);
    const to = join(place, 'half');
    await expect(writeFolder(to, files)).rejects.toThrow(/half could not be written \(E[A-Z]+\); nothing was changed\.$/);
    expect(readdirSync(place)).toEqual([]);
  });

  it('wants the folder around it to be there', async () => {
    const to = join(place, 'nowhere', 'colours');
    await expect(writeColours(to)).rejects.toMatchObject({ code: 'unwritable', hint: `Make the folder ${join(place, 'nowhere')} first.` });
    expect(readdirSync(place)).toEqual([]);
  });

  it('writes no pack that contradicts itself', async () => {
    const network = { ...colourNetwork(), exits: [{ macs: 6, features: 3 }] };
    await expect(writePack(join(place, 'wrong'), colourDraft({ networks: [network] }), colourFiles())).rejects.toThrow(
      '2 stages and 1 exits',
    );
    expect(readdirSync(place)).toEqual([]);
  });
});

describe('replacing a pack', () => {
  it('puts the new one in its place, with a card of its figures', async () => {
    const to = join(place, 'colours');
    await writeColours(to);
    const point = {
      accuracy: 0.9,
      low: 0.8,
      high: 0.95,
      macs: 8,
      milliseconds: { network: 1, read: 2 },
      rungs: { preview: 1, scaled: 0, full: 0 },
    };
    const draft = colourDraft({ ...calibrated(), curve: [{ preset: 'saver', ...point }, point] });
    await replacePack(to, draft, colourFiles(), '## On other photos\n');
    await expect(loadPack(to)).resolves.toMatchObject({ calibrated: true });
    expect(readdirSync(place)).toEqual(['colours']);
    const card = readFileSync(join(to, 'README.md'), 'utf8');
    expect(card).toContain('Calibrated on 10 photos (made, fit).');
    expect(card).toContain('\n## On other photos\n');
    expect(card).toContain('| saver | 90.0 % (80.0 % to 95.0 %) | 0.0 | 1.00 | 2.00 |');
  });

  it('leaves the old one as it was when the new one cannot be written', async () => {
    const to = join(place, 'colours');
    await writeColours(to);
    const before = readFileSync(join(to, 'pack.json'), 'utf8');
    await expect(replacePack(to, colourDraft({ temperatures: [1, 1] }), colourFiles(), '')).rejects.toThrow('it is calibrated, but lacks');
    expect(readdirSync(place)).toEqual(['colours']);
    expect(readFileSync(join(to, 'pack.json'), 'utf8')).toBe(before);
  });
});

describe('listing packs', () => {
  it('finds those of a folder by name, and tells of one whose pack.json is damaged', async () => {
    await writeColours(join(place, 'b'));
    await writeColours(join(place, 'a'));
    await writeColours(join(place, 'c'));
    editManifest(join(place, 'c'), (manifest) => Object.assign(manifest, { format: 7 }));
    mkdirSync(join(place, 'no-pack'));
    writeFileSync(join(place, 'file'), '');
    const listed = await listPacks(place);
    expect(listed.map(({ folder, manifest }) => [folder, manifest?.title])).toEqual([
      [join(place, 'a'), 'Colours'],
      [join(place, 'b'), 'Colours'],
      [join(place, 'c'), undefined],
    ]);
    expect(listed[2]).toMatchObject({ problem: { code: 'pack-format' } });
  });

  it('finds none where there is no folder', async () => {
    expect(await listPacks(join(place, 'nowhere'))).toEqual([]);
  });
});
