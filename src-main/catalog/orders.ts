/** A view's orders, and where a page of it begins and ends: at a photo's place in the order, so that it holds whatever comes or goes. */
import { SquintError } from '../contract/errors.ts';
import type { Filter, Order } from '../contract/library.ts';
import { compareText } from './names.ts';

export interface View {
  readonly filter: Filter;
  readonly order: Order;
  readonly after: string | null; // the `next` of the page before
  readonly limit: number;
}

export interface Page {
  readonly ids: number[];
  readonly next: string | null; // null at the end
}

/** A photo with its place in an order. */
export interface Entry {
  readonly id: number;
  readonly key: string | number;
}

/** Where each order begins, the column that it goes by, and the end of its indexes' names. */
export const orders: Record<Order, { readonly column: string; readonly suffix: string; readonly start: Entry }> = {
  added: { column: 'id', suffix: '', start: { id: 0, key: 0 } },
  name: { column: 'name_key', suffix: '_name', start: { id: 0, key: '' } },
  taken: { column: 'taken', suffix: '_taken', start: { id: 0, key: '' } },
  confidence: { column: 'sure', suffix: '_sure', start: { id: 0, key: -1 } },
};

export const writeCursor = ({ id, key }: Entry): string => JSON.stringify([key, id]);

/** @throws {SquintError} `bad-cursor` if it is not one that a page of this order gave */
export function readCursor(cursor: string, order: Order): Entry {
  try {
    const [key, id] = JSON.parse(cursor) as unknown[];
    if (typeof key === typeof orders[order].start.key && typeof id === 'number') return { id, key: key as Entry['key'] };
  } catch {
    // not JSON: as below
  }
  throw new SquintError('bad-cursor', `Expected the next of a page in the order ${order}, received ${cursor}.`);
}

export function compare(a: Entry, b: Entry): number {
  const byKey = typeof a.key === 'string' ? compareText(a.key, b.key as string) : a.key - (b.key as number);
  return byKey === 0 ? a.id - b.id : byKey;
}
