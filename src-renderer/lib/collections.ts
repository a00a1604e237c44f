/** The collections that a typed text means: those that begin with it first, then those with a word that does, then those that have it. */
import type { PackInfo } from '../../src-main/contract/library.ts';

export interface Match {
  readonly key: string;
  readonly title: string; // before + match + after
  readonly before: string;
  readonly match: string;
  readonly after: string;
  readonly group: string | null;
}

export function matching(collections: PackInfo['collections'], typed: string): Match[] {
  const text = typed.trim().toLowerCase();
  const found = collections.flatMap(({ key, title, group }) => {
    const at = title.toLowerCase().indexOf(text);
    if (at < 0) return [];
    const rank = at === 0 ? 0 : /\P{L}/u.test(title[at - 1]!) ? 1 : 2;
    const match = {
      key,
      title,
      before: title.slice(0, at),
      match: title.slice(at, at + text.length),
      after: title.slice(at + text.length),
      group,
    };
    return [{ rank, match }];
  });
  return found.sort((a, b) => a.rank - b.rank || a.match.title.localeCompare(b.match.title)).map(({ match }) => match);
}
