/**
 * Whether a turn of the wheel came from a mouse, whose wheel has notches, or from a touchpad, whose pixels are meant as they are.
 *
 * Browsers give both as pixels. A notch of a mouse is 120 in the older `wheelDeltaY` whatever the page's zoom; a touchpad's is three times
 * its pixels there.
 */
export function notchesOf(event: WheelEvent): number | null {
  if (event.deltaMode === WheelEvent.DOM_DELTA_LINE) return Math.sign(event.deltaY);
  const { wheelDeltaY = 0 } = event as WheelEvent & { readonly wheelDeltaY?: number };
  const isMouse = wheelDeltaY !== 0 && wheelDeltaY % 120 === 0 && Math.abs(wheelDeltaY) !== Math.abs(3 * event.deltaY);
  return isMouse ? -wheelDeltaY / 120 : null;
}
