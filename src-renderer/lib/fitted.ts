/** The largest size of a photo's own proportions that fits a box, in whole pixels; the box itself where the photo's size is not known. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export function fitted(photo: Size | null, box: Size): Size {
  if (photo === null) return box;
  const scale = Math.min(box.width / photo.width, box.height / photo.height);
  return { width: Math.max(1, Math.round(photo.width * scale)), height: Math.max(1, Math.round(photo.height * scale)) };
}

/** @returns null where it is not known, before the photo was read */
export const sizeOf = ({ width, height }: { readonly width: number | null; readonly height: number | null }): Size | null =>
  width !== null && height !== null && width > 0 && height > 0 ? { width, height } : null;
