/** Filters as values: one part taken out leaves the others. */
import type { Filter } from '../../src-main/contract/library.ts';

export const without = (filter: Filter, part: keyof Filter): Filter =>
  Object.fromEntries(Object.entries(filter).filter(([name]) => name !== part));
