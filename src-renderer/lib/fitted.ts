/** The largest size of a photo's own proportions that fits a box, in whole pixels; the box itself where the photo's size is not known yet. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export function fitted(photo: { readonly width: number | null; readonly height: number | null }, box: Size): Size {
  if (!photo.width || !photo.height) return box;
  const scale = Math.min(box.width / photo.width, box.height / photo.height);
  return { width: Math.max(1, Math.round(photo.width * scale)), height: Math.max(1, Math.round(photo.height * scale)) };
}
