/** Why photos are not sorted and what scans left aside, by reason, with a few names each. */
import type { DatabaseSync } from 'node:sqlite';
import type { Activity } from '../contract/library.ts';
import { Statement } from './database.ts';

type Problem = Activity['problems'][number];

export function problemVerbs(db: DatabaseSync) {
  const listed = 'root in (select id from roots where listed = 1)';
  const reasons = new Statement<{ state: 'failed' | 'skipped'; code: string; count: number }>(
    db,
    `select state, code, count(*) count from photos where state in ('failed', 'skipped') and ${listed} group by state, code order by count desc`,
  );
  const examples = new Statement<{ id: number; name: string; message: string; hint: string | null }>(
    db,
    `select id, name, message, hint from photos where state = ? and state in ('failed', 'skipped') and code = ? and ${listed} limit 3`,
  );
  const skips = new Statement<{ code: string; message: string; count: number; examples: string }>(
    db,
    `select code, message, sum(count) count, max(examples) examples from skips where ${listed} group by code, message order by count desc`,
  );
  return {
    /** Photos that failed or were skipped, then files that are no pictures; the most frequent reasons first. A reason's message is that of its first photo. */
    problems(): Problem[] {
      const ofPhotos = reasons.all().map(({ state, code, count }): Problem => {
        const few = examples.all(state, code);
        const { message = '', hint = null } = few[0] ?? {};
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
