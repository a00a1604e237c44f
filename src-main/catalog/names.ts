/** Names as people sort them: IMG_9 before IMG_10, whatever the case, in whichever Unicode form the volume keeps them. */

/** A sort key for SQLite's binary order. Each number becomes its count of digits and then the digits, so that 9 comes before 10. */
export function nameKey(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/0*(\d+)/g, (_, digits: string) => String.fromCharCode(0x30 + Math.min(digits.length, 64)) + digits);
}

/** The order of SQLite's text, which is that of UTF-8: JavaScript's own differs where surrogates meet what stands above them. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

const rank = (unit: number): number => (unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit);
