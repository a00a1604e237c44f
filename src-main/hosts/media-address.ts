/**
 * The addresses of pictures, `squint://KIND/ID/…?v=VERSION`, written by the page's bridge and read by the host. The version is there for
 * the browser's cache: a changed file has another address.
 */
import type { Media } from '../contract/bridge.ts';
import type { Params } from '../contract/requests.ts';

export function addressOf(id: number, version: string, media: Media): string {
  return `squint://${media.kind}/${id}${detailOf(media)}?v=${encodeURIComponent(version)}`;
}

function detailOf(media: Media): string {
  switch (media.kind) {
    case 'thumb':
      return `/${media.level}`;
    case 'loupe':
      return `/${media.width}x${media.height}`;
    case 'picture':
      return `/${media.network}`;
    case 'full':
      return '';
  }
}

/** @returns what to ask the engine for, or null where no picture can have this address */
export function mediaAt(address: string): Params<'media.file'> | null {
  const found = /^squint:\/\/([a-z]+)\/([1-9]\d{0,14})(?:\/([a-z0-9]{1,20}))?(?:\?v=[^&#]*)?$/.exec(address);
  if (!found) return null;
  const [, kind, digits, detail] = found;
  const id = Number(digits);
  switch (kind) {
    case 'thumb':
      return detail === 'preview' || detail === 'thumb' ? { kind, id, level: detail } : null;
    case 'loupe': {
      const size = /^([1-9]\d{0,4})x([1-9]\d{0,4})$/.exec(detail ?? '');
      return size ? { kind, id, width: Number(size[1]), height: Number(size[2]) } : null;
    }
    case 'picture':
      return /^[1-9]\d?$/.test(detail ?? '') ? { kind, id, network: Number(detail) } : null;
    case 'full':
      return detail === undefined ? { kind, id } : null;
    default:
      return null;
  }
}
