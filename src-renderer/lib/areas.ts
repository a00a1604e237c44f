/** F6: from one area of the window to the next. An area says `data-area`; the focus goes to what Tab would reach first in it. */
const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), [tabindex="0"]';

export function goToArea(step: 1 | -1, page: Document): void {
  const areas = [...page.querySelectorAll<HTMLElement>('[data-area]')].filter((area) => first(area) !== null);
  const at = areas.findIndex((area) => area.contains(page.activeElement));
  const next = areas[(at + step + (at < 0 && step < 0 ? 1 : 0) + areas.length) % areas.length];
  if (next) first(next)?.focus();
}

const first = (area: HTMLElement): HTMLElement | null =>
  area.matches(focusable) ? area : ([...area.querySelectorAll<HTMLElement>(focusable)].find((one) => one.tabIndex >= 0) ?? null);
