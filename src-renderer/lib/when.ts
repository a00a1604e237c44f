/** When something was, as people say it: today and yesterday with the time, then the day, then the year too. */
const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** @param iso ISO 8601 */
export function whenWas(iso: string, now: Date): string {
  const then = new Date(iso);
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  if (then >= midnight) return `Today, ${time.format(then)}`;
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1); // not 24 hours: days of a change of clocks have others
  if (then >= before) return `Yesterday, ${time.format(then)}`;
  return `${(then.getFullYear() === now.getFullYear() ? day : dayOfYear).format(then)}, ${time.format(then)}`;
}
