import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Notice } from '../../../../src-main/contract/notices.ts';
import { childrenOf } from '../../../kill/harness.ts';
import { enginePacks } from '../packs.ts';
import { Window, folder, manyCats, measuredMachine, until } from './window.ts';

const program = fileURLToPath(new URL('../../../fixtures/children/service.ts', import.meta.url));

it.skipIf(process.platform === 'win32')(
  'an engine that is killed in mid-run leaves no child, a free lock, and all that it had told; the rest waits',
  async () => {
    const packs = await enginePacks();
    const here = folder();
    const [home, photos] = [join(here.path, 'home'), join(here.path, 'photos')];
    manyCats(photos, 120);
    mkdirSync(home);
    writeFileSync(join(home, 'machine.json'), await measuredMachine(packs.folders.photos32));
    const sorted = new Set<number>();
    const engine = fork(program, [home, packs.folders.photos32, photos], { serialization: 'advanced' });
    engine.on('message', (notice: Notice) => {
      if (notice.type === 'rows') for (const { id, state } of notice.rows) if (state === 'sorted') sorted.add(id);
    });
    await until(() => sorted.size >= 20);
    const children = childrenOf(engine.pid!);
    expect(children.length).toBeGreaterThanOrEqual(2);
    engine.kill('SIGKILL');
    await once(engine, 'exit');

    const window = await Window.open(home, packs.folders.photos32);
    try {
      expect(await window.quiet()).toMatchObject({
        state: 'stopped',
        reason: 'Squint ended before it was done.',
        hint: 'Start it again for the photos that wait.',
      });
      const rows = await window.rows();
      expect(rows.filter(({ id }) => sorted.has(id)).every(({ state }) => state === 'sorted')).toBe(true);
      const { waiting } = await window.ask('library.counts', {});
      expect(waiting).toBeGreaterThan(0);
      expect(rows).toHaveLength(120);
      await window.ask('run.start', { filter: {} });
      const rest = await window.quiet();
      expect(rest).toMatchObject({ state: 'done', done: waiting, stored: 0, failed: 0 });
      const { preview, scaled, full } = rest!.rungs;
      expect(preview + scaled + full).toBe(waiting); // what had a verdict was not read again
      const books = new DatabaseSync(join(home, 'library', 'catalog.db'), { readOnly: true });
      expect(books.prepare('select count(*) verdicts, count(distinct content) photos from verdicts').get()).toEqual({
        verdicts: 120,
        photos: 120,
      });
      books.close();
      await window.ask('run.start', { filter: {} });
      expect(await window.quiet()).toEqual(rest); // nothing is left to do
      await until(() => children.every((pid) => !isAlive(pid)));
    } finally {
      await window.close();
      here.remove();
      packs.release();
    }
  },
);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
