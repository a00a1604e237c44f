/** The photos of a view as a table in a new file: page by page, so that neither memory nor other requests wait for it. */
import type { Filter } from '../../contract/library.ts';
import { createCsv } from '../csv.ts';
import { type Context, packOf } from './context.ts';
import { type Kept, decide } from './decide.ts';

const page = 100; // photos: some milliseconds

/** @throws {FileError} `target-exists`, `unwritable` */
export async function exportCsv(context: Context, { path, filter }: { path: string; filter: Filter }): Promise<{ photos: number }> {
  const { catalog } = context;
  const use = packOf(context);
  const csv = await createCsv(path, 'Choose another name.', 'decided');
  let photos = 0;
  try {
    for (let after: string | null = null; ;) {
      const { ids, next } = catalog.idsOf({ filter, order: 'name', after, limit: page });
      const verdicts = new Map(catalog.verdictsOf(ids, use.key).map(({ photo, verdict }) => [photo, verdict as Kept]));
      for (const { id, name, problem, decided } of catalog.rowsOf(ids, use.pack.exits)) {
        const verdict = verdicts.get(id);
        const place = catalog.fileOf(id)?.path ?? name;
        const outcome = verdict
          ? decide(verdict, use, use.inForce).verdict
          : ({ type: 'skipped', path: place, code: problem?.code ?? 'waiting', message: problem?.message ?? 'Not run yet.' } as const);
        csv.write(outcome, use.info, decided?.collection ?? null);
        photos += 1;
      }
      await csv.drained();
      await new Promise(setImmediate);
      if (next === null) break;
      after = next;
    }
    await csv.close();
    return { photos };
  } catch (error) {
    await csv.discard();
    throw error;
  }
}
