/** Why photos are not sorted and what scans left aside, by reason, with a few names each. */
import type { DatabaseSync } from 'node:sqlite';
import type { Activity } from '../contract/library.ts';
import { Statement } from './database.ts';

type Problem = Activity['problems'][number];

const reasonsListed = 200; // some sentences name a size, so that every photo has one of its own

export function problemVerbs(db: DatabaseSync) {
  const listed = 'root in (select id from roots where listed = 1)';
  const reasons = new Statement<{ state: 'failed' | 'skipped'; code: string; message: string; count: number }>(
    db,
    `select state, code, message, count(*) count from photos where state in ('failed', 'skipped') and ${listed} group by state, code, message order by count desc limit ${reasonsListed}`,
  );
  const examples = new Statement<{ id: number; name: string; hint: string | null }>(
    db,
    `select id, name, hint from photos where state = ? and state in ('failed', 'skipped') and code = ? and message = ? and ${listed} limit 3`,
  );
  const skips = new Statement<{ code: string; message: string; count: number; examples: string }>(
    db,
    `select code, message, sum(count) count, max(examples) examples from skips where ${listed} group by code, message order by count desc`,
  );
  return {
    /** Photos that failed or were skipped, then files that are no pictures; the most frequent reasons first. */
    problems(): Problem[] {
      const ofPhotos = reasons.all().map(({ state, code, message, count }): Problem => {
        const few = examples.all(state, code, message);
        const hint = few[0]?.hint ?? null;
        return { kind: state, code, message, hint, count, examples: few.map(({ id, name }) => ({ id, name })) };
      });
      const ofFiles = skips.all().map(({ code, message, count, examples: names }): Problem => ({
        ...{ kind: 'not-a-picture', code, message, hint: null, count },
        examples: (JSON.parse(names) as string[]).map((name) => ({ id: null, name })),
      }));
      return [...ofPhotos, ...ofFiles];
    },
  };
}
