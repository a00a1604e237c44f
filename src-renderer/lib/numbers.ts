/** Numbers as people read them: two or three figures, units with a space, thousands with a comma. */
const group = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const count = (n: number): string => group.format(n);

/** 0.934 -> "93%"; never 100% for less, and never 0% for more. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return '<1%';
  return `${share < 1 ? Math.min(99, Math.round(share * 100)) : 100}%`;
}

/** As many figures as are told of, two if left out. */
export function figures(n: number, of = 2): string {
  const rounded = Number(n.toPrecision(of)); // first, for 9.96 has two figures as 10
  if (rounded === 0) return '0';
  const digits = Math.max(0, of - 1 - Math.floor(Math.log10(Math.abs(rounded))));
  return digits === 0 ? group.format(rounded) : rounded.toFixed(Math.min(digits, 4));
}

const twoFigures = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });
/** Watts per busy core: "5", "2.5", "12". */
export const watts = (n: number): string => twoFigures.format(n);

interface Unit {
  readonly name: string;
  readonly joules: number;
}
const milli: Unit = { name: 'mJ', joules: 0.001 };
const joule: Unit = { name: 'J', joules: 1 };
const wattHour: Unit = { name: 'Wh', joules: 3600 };

/** mJ for a photo, J for a run, Wh from about 1,000 J on. */
const unitOf = (joules: number): Unit => (Math.abs(joules) < 1 ? milli : Math.abs(joules) < 1000 ? joule : wattHour);

/** @param beside another energy that it is compared with: its unit is used, so that the two can be read side by side */
export const energy = (joules: number, beside = joules): string => {
  const unit = unitOf(beside);
  return `${figures(joules / unit.joules)} ${unit.name}`;
};

/** Joules with their doubt, as a ledger has them. */
interface Span {
  readonly joules: number;
  readonly low: number;
  readonly high: number;
}

/** An estimate has its middle under another name. */
export const spanOf = ({ typical, low, high }: { typical: number; low: number; high: number }): Span => ({ joules: typical, low, high });

/** "12–26": the range in the unit of the middle, which stands before it. */
export function rangeOf({ joules, low, high }: Span): string {
  const unit = unitOf(joules);
  return `${figures(low / unit.joules)}–${figures(high / unit.joules)}`;
}

/** "18 mJ (12–26)". */
export const energyRange = (span: Span): string => `${energy(span.joules)} (${rangeOf(span)})`;

/** "about 18 mJ (12–26)"; what a meter measured is not about. */
export const energySpent = (spent: Span & { readonly method: string }): string =>
  `${spent.method === 'measured' ? '' : 'about '}${energyRange(spent)}`;

/** 75.3 -> "1 min 15 s"; rounded first, so that no "60 s" comes out. */
export function duration(seconds: number): string {
  if (seconds > 0 && seconds < 1) return 'under 1 s';
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const scale = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
export function bytes(n: number): string {
  const step = n < 1 ? 0 : Math.min(scale.length - 1, Math.floor(Math.log10(n) / 3));
  return `${figures(n / 1000 ** step, 3)} ${scale[step]!}`;
}
