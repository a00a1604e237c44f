/** The order in which people expect names: IMG_2 before IMG_10. */
const collator = new Intl.Collator('en', { numeric: true });

/** Names that differ in nothing the collator sees stand in the order of their code units, so that the order is always the same. */
export const inNaturalOrder = (a: string, b: string): number => collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
