/** Filters as values: a part taken out leaves the others. */
import type { Filter } from '../../src-main/contract/library.ts';

export const without = (filter: Filter, part: keyof Filter): Filter => withoutEach(filter, [part]);

export const withoutEach = (filter: Filter, parts: readonly (keyof Filter)[]): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([name]) => !parts.includes(name as keyof Filter)));
