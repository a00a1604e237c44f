/** What the web host answers itself: its picker of folders, and a CSV into the person's downloads. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Engine, type HostHandlers, ask } from '../door.ts';
import { Folders } from './folders.ts';

export function answersOf(engine: Engine, version: string): HostHandlers<'web'> {
  const folders = new Folders();
  return {
    'host.about': () => ({ host: 'web', platform: process.platform, versions: { Squint: version, Node: process.versions.node } }),
    'host.folders': ({ folder }) => folders.list(folder),
    'host.addFolder': ({ folder }) => ask(engine, 'roots.add', { paths: [folders.pathOf(folder)] }),
    'host.takeTarget': ({ folder, name }) =>
      ask(engine, 'targets.grant', { path: name === undefined ? folders.pathOf(folder) : folders.pathIn(folder, name) }),
    'host.exportCsv': async ({ filter }) => {
      const path = freeName(join(homedir(), 'Downloads'));
      return { path, ...(await ask(engine, 'photos.csv', { path, filter })) };
    },
  };
}

function freeName(downloads: string): string {
  const folder = existsSync(downloads) ? downloads : homedir();
  for (let n = 1; ; n++) {
    const path = join(folder, n === 1 ? 'Squint.csv' : `Squint (${n}).csv`);
    if (!existsSync(path)) return path;
  }
}
