/**
 * The licences of everything in a package that others wrote, as one text: THIRD-PARTY-NOTICES.txt in the resources, which the About box
 * shows. It is made from what was really packed, at package time, so that it cannot fall behind.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Notice {
  readonly name: string;
  readonly version: string;
  readonly licence: string; // SPDX expression
  readonly text: string;
}

const textsFolder = fileURLToPath(new URL('./licences/', import.meta.url));
const readText = (file: string): string => readFileSync(join(textsFolder, file), 'utf8').trim();

/** Licences that packages name without bringing their text. */
const standard: Readonly<Record<string, string>> = {
  MIT: 'MIT.txt',
  '(Apache-2.0 AND BSD-3-Clause)': 'BSD-3-Clause.txt', // the Apache License is Squint's own
};

interface Manifest {
  name: string;
  version: string;
  license?: string;
  author?: string | { name: string };
}

/**
 * What a package of node_modules says of its licence.
 *
 * @throws where it neither brings a text nor names a licence whose text is in licences/: someone has to look at it
 */
export function noticeOf(folder: string): Notice {
  const { name, version, license = 'not named', author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (license.includes('LGPL-3.0-or-later')) {
    texts.push(readFileSync(join(folder, 'README.md'), 'utf8').trim(), readText('LGPL-3.0.txt')); // libvips: the README lists its parts
  } else if (texts.length === 0) {
    const file = standard[license];
    if (file === undefined)
      throw new Error(
        `${name} ${version} brings no licence text and names "${license}", of which build/package/licences has none: add it.`,
      );
    const owner = typeof author === 'object' ? author.name : author;
    texts.push(`${owner === undefined ? '' : `Copyright ${owner}\n\n`}${readText(file)}`);
  }
  return { name, version, licence: license, text: texts.join('\n\n') };
}

/** The packages in a node_modules folder, those with a scope too. */
export function packagesIn(modules: string): string[] {
  return readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}

/** What the bundler put into a bundle, by its own list (`build.license` in electron.config.ts). */
export function bundledIn(list: string): Notice[] {
  const entries = JSON.parse(readFileSync(list, 'utf8')) as { name: string; version: string; identifier?: string; text?: string }[];
  return entries.map(({ name, version, identifier = 'not named', text }) => {
    if (text === undefined)
      throw new Error(`${name} ${version} is in a bundle and brings no licence text (${list}): add it to build/package/notices.ts.`);
    return { name, version, licence: identifier, text };
  });
}

const rule = '='.repeat(80);

/**
 * @param root the checkout
 * @param packed the package's node_modules: what lies there is listed
 * @param node the package of the Node that is packed
 */
export function thirdPartyNotices({ root, packed, node }: { root: string; packed: string; node: string }): string {
  const modules = join(root, 'node_modules');
  const { version } = JSON.parse(readFileSync(join(modules, node, 'package.json'), 'utf8')) as Manifest;

  const notices: Notice[] = [
    { name: 'Node.js', version, licence: 'MIT and others', text: readText('node.txt') },
    ...packagesIn(packed).map((name) => noticeOf(join(modules, name))),
    ...['main', 'preload', 'renderer'].flatMap((part) => bundledIn(join(root, 'out', part, 'licences.json'))),
    { name: 'Parts of ONNX Runtime', version: '1.30.0', licence: 'several', text: readText('onnxruntime-third-party.txt') },
    { name: 'GNU General Public License', version: '3', licence: 'which the LGPL above refers to', text: readText('GPL-3.0.txt') },
  ];
  const seen = new Set<string>();
  const once = notices.filter(({ name, version }) => seen.size < seen.add(`${name} ${version}`).size);
  return [
    introduction(root),
    ...once.map((notice) => `${rule}\n${notice.name} ${notice.version} (${notice.licence})\n${rule}\n\n${notice.text}`),
    '',
  ].join('\n\n');
}

const introduction = (root: string): string =>
  [
    'Third-party notices of Squint',
    `Squint itself is under the Apache License 2.0 (LICENSE.txt beside this file). Below stand the licences of what it is made with. Electron's
and Chromium's are in LICENSE.electron.txt and LICENSES.chromium.html beside the program (on macOS beside this file), those of the sample
photographs in models/samples/README.md.`,
    `libheif-js (libheif and libde265) and libvips are under the LGPL 3. They are files of their own in app.asar.unpacked/node_modules and may be
replaced by other versions; their sources are at https://github.com/catdad-experiments/libheif-js and https://github.com/lovell/sharp-libvips.`,
    `DirectML.dll, dxcompiler.dll and dxil.dll in packages for Windows are Microsoft's, under the licence of its DirectML redistributable.`,
    `The pack that ships, models/photos:\n\n${readFileSync(join(root, 'models/photos/NOTICE'), 'utf8').trim()}`,
  ].join('\n\n');
