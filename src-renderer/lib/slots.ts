/**
 * Which element shows which photo. A photo keeps its element while it is in view, also when its position changes because others were added
 * before it, so nothing flashes; the element of one that left is taken for one that came, so scrolling makes no elements.
 */
export interface Slot {
  readonly key: number; // of the element
  readonly id: number;
  readonly position: number; // in the list
}

/** @returns the elements for `ids`, which lie at `first` and on; unchanged ones are the same objects as before */
export function fillSlots(before: readonly Slot[], ids: readonly number[], first: number): Slot[] {
  const kept = new Map(before.map((slot) => [slot.id, slot]));
  const wanted = new Set(ids);
  const free = before.filter(({ id }) => !wanted.has(id)).map(({ key }) => key);
  let fresh = before.reduce((highest, { key }) => Math.max(highest, key), -1) + 1;
  const slots = ids.map((id, i) => {
    const slot = kept.get(id);
    const position = first + i;
    if (slot) return slot.position === position ? slot : { ...slot, position };
    return { key: free.pop() ?? fresh++, id, position };
  });
  return slots.sort((a, b) => a.key - b.key); // in the order of the elements, so that none is moved within the page
}
