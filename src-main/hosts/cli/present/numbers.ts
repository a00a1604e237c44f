/** Numbers as people read them: no more digits than the number is worth, units behind a space, thousands with a comma. */

export const count = (n: number): string => Math.round(n).toLocaleString('en');

export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** A share of 0 … 1; small ones are not rounded away. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return '<1 %';
  if (share < 1 && share > 0.995) return '>99 %';
  return `${Math.round(100 * share)} %`;
}

/** Percent with a 95 % interval: "73.0 (70.9 to 75.0)". */
export const interval = ({ share, low, high }: { share: number; low: number; high: number }): string =>
  `${tenths(share)} (${tenths(low)} to ${tenths(high)})`;

/** Percent to one decimal. */
export const tenths = (share: number): string => (100 * share).toFixed(1);

/** To two figures: a modelled joule is worth no more. */
export const joules = (value: number): string => withUnit(value, unitOf(value));

/** The likeliest value with its range, in one unit: "120 mJ (48 to 290)". */
export function joulesWithin({ typical, low, high }: { typical: number; low: number; high: number }): string {
  const unit = unitOf(typical);
  return `${withUnit(typical, unit)} (${twoFigures(low / unit.joules)} to ${twoFigures(high / unit.joules)})`;
}

interface Unit {
  readonly name: string;
  readonly joules: number;
}

function unitOf(value: number): Unit {
  if (Math.abs(value) >= 3600) return { name: 'Wh', joules: 3600 };
  return Math.abs(value) >= 1 || value === 0 ? { name: 'J', joules: 1 } : { name: 'mJ', joules: 0.001 };
}

const withUnit = (value: number, unit: Unit): string => `${twoFigures(value / unit.joules)} ${unit.name}`;

function twoFigures(value: number): string {
  const rounded = Number(value.toPrecision(2));
  if (rounded === 0) return '0';
  return Math.abs(rounded) >= 10 ? count(rounded) : value.toPrecision(2);
}

export const millions = (macs: number): string => (macs >= 1e7 ? count(macs / 1e6) : (macs / 1e6).toFixed(1));

export function bytes(n: number): string {
  if (n >= 1e9) return `${(n / 1e9).toFixed(1)} GB`;
  return n >= 1e6 ? `${count(n / 1e6)} MB` : `${count(n / 1e3)} kB`;
}

export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
