/** Numbers as people read them: no more digits than the number is worth, units behind a space, thousands with a comma. */

export const count = (n: number): string => Math.round(n).toLocaleString('en');

export const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;

/** A share of 0 … 1; small ones are not rounded away. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return '<1 %';
  if (share < 1 && share > 0.995) return '>99 %';
  return `${Math.round(100 * share)} %`;
}

/** To two figures: a modelled joule is worth no more. */
export function joules(value: number): string {
  const size = Math.abs(value);
  if (size >= 3600) return `${two(value / 3600)} Wh`;
  return size >= 1 || size === 0 ? `${two(value)} J` : `${two(value * 1000)} mJ`;
}

const two = (value: number): string => {
  const rounded = Number(value.toPrecision(2));
  return Math.abs(rounded) >= 10 ? count(rounded) : String(rounded);
};

export const millions = (macs: number): string => (macs >= 1e7 ? count(macs / 1e6) : (macs / 1e6).toFixed(1));

export function bytes(n: number): string {
  if (n >= 1e9) return `${(n / 1e9).toFixed(1)} GB`;
  return n >= 1e6 ? `${count(n / 1e6)} MB` : `${count(n / 1e3)} kB`;
}

export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
