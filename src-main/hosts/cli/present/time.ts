/** Times as people in this place read them, in an order that sorts: "2026-11-25 08:57". */

/** @param iso ISO 8601 */
export function timeOf(iso: string): string {
  const time = new Date(iso);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
