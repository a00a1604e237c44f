/**
 * Turns a square picture upright. A centre square stays one under every EXIF orientation, so it is enough to turn the small result instead
 * of the photo.
 *
 * @param rgb side × side × 3, row by row, as stored
 * @param orientation EXIF, 1 … 8: where the stored picture's first row and column belong
 * @returns the same shape
 */
export function turn(rgb: Uint8Array, side: number, orientation: number): Uint8Array {
  if (orientation === 1) return rgb;
  const upright = new Uint8Array(rgb.length);
  const last = side - 1;
  // From 5 on rows and columns are exchanged; the mirrorings are of the stored picture's axes.
  const exchanged = orientation >= 5;
  const mirroredColumns = [2, 3, 7, 8].includes(orientation);
  const mirroredRows = [3, 4, 6, 7].includes(orientation);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [across, down] = exchanged ? [y, x] : [x, y];
      const column = mirroredColumns ? last - across : across;
      const row = mirroredRows ? last - down : down;
      const from = (row * side + column) * 3;
      const to = (y * side + x) * 3;
      upright[to] = rgb[from]!;
      upright[to + 1] = rgb[from + 1]!;
      upright[to + 2] = rgb[from + 2]!;
    }
  }
  return upright;
}
