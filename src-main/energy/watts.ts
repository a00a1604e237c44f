/**
 * Watts of a busy core: the one table behind every modelled joule.
 *
 * What a processor draws more for one busy core, by class of processor. `typical` is the maker's sustained power (TDP, PBP or PPT) divided
 * by the cores of common parts of the class, `low` and `high` span those parts; boost clocks and the rest of the computer (memory, fans,
 * power supply) are the reason why the ranges are wide. A counter or the person's own figure is better wherever there is one.
 */
export interface Watts {
  readonly typical: number;
  readonly low: number;
  readonly high: number;
  readonly of: string; // whose figure that is, for people
}

interface ProcessorClass {
  readonly title: string;
  readonly names: RegExp; // of the processor, as the system calls it
  readonly watts: readonly [typical: number, low: number, high: number];
}

const classes: readonly ProcessorClass[] = [
  // EPYC 7763: 280 W, 64 cores; Xeon 8380: 270 W, 40; Xeon E-2388G: 95 W, 8; Graviton and Ampere Altra: 250 W, 128.
  { title: 'a server processor', names: /EPYC|Xeon|Graviton|Neoverse|Ampere|Altra/i, watts: [5, 2, 12] },
  // Apple M1 to M4: 20 to 30 W, 8 to 10 cores; Core i5-1235U, Ultra 5 125U: 15 W, 10 to 12; Ryzen 7 7840U: 28 W, 8; N100: 6 W, 4.
  {
    title: 'an ultra-low-power laptop processor',
    names: /Apple M\d|\b\d{4,5}[UYG]\d?\b|\b\d{3}[UV]\b|\bN\d{2,3}\b|Snapdragon|Celeron|Atom/i,
    watts: [3, 1.2, 6],
  },
  // Core i7-12700H: 45 W, 14 cores; Ryzen 7 7840HS: 45 W, 8; Core i9-13980HX: 55 W, 24 (157 W at most).
  { title: 'a laptop processor', names: /\b\d{3,5}H[XSKQ]?\b|\b\d{4}[HM]Q\b|Mobile/i, watts: [5, 2.5, 10] },
  // Core i5-12400: 65 W, 6 cores; Core i9-13900K: 125 W (253 at most), 24; Ryzen 9 7950X: 170 W, 16; Ryzen 5 5600X: 65 W, 6.
  { title: 'a desktop processor', names: /Core|Ryzen|Athlon|Pentium|FX/i, watts: [9, 5, 18] },
];

/** @param processor its name, as in `os.cpus()[0].model` */
export function wattsOf(processor: string): Watts {
  const found = classes.find(({ names }) => names.test(processor));
  const [typical, low, high] = found?.watts ?? [5, 1.2, 18];
  return { typical, low, high, of: found?.title ?? 'a processor of unknown class' };
}
