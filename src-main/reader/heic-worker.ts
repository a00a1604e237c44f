/** The thread of the HEIC lane: a path in, pixels or a fault out. libheif's WebAssembly runs here and nowhere else. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import type { HeicAnswer } from './heic.ts';

/** What is used of libheif-js 1.23.2, whose bundle comes without types. Its `decode` of images prints faults; these functions return them. */
interface LibHeif {
  readonly HEAPU8: Uint8Array;
  readonly heif_error_code: { readonly heif_error_Ok: unknown };
  readonly heif_colorspace: { readonly heif_colorspace_RGB: unknown };
  readonly heif_chroma: { readonly heif_chroma_interleaved_RGB: unknown; readonly heif_chroma_interleaved_RGBA: unknown };
  heif_context_alloc(): object;
  heif_context_free(context: object): void;
  heif_context_read_from_memory(context: object, file: Uint8Array): Fault;
  heif_context_get_primary_image_handle(context: object): object | Fault;
  heif_image_handle_has_alpha_channel(handle: object): number;
  heif_image_handle_release(handle: object): void;
  heif_js_decode_image2(handle: object, colours: unknown, chroma: unknown): Fault | Image;
  heif_image_release(image: object): void;
}

interface Fault {
  readonly code: unknown;
  readonly message?: string;
}

interface Image {
  readonly image: object;
  readonly width: number;
  readonly height: number;
  readonly channels: readonly { readonly data: Uint8Array; readonly stride: number }[];
}

const libheif = createRequire(import.meta.url)('libheif-js/wasm-bundle.js') as LibHeif;

parentPort?.on('message', (path: string) => {
  const answer = decode(path);
  parentPort?.postMessage(answer, 'photo' in answer ? [answer.photo.pixels.buffer as ArrayBuffer] : []);
});

function decode(path: string): HeicAnswer {
  const context = libheif.heif_context_alloc();
  try {
    const read = libheif.heif_context_read_from_memory(context, readFileSync(path));
    if (read.code !== libheif.heif_error_code.heif_error_Ok) return { fault: String(read.message) };
    const handle = libheif.heif_context_get_primary_image_handle(context);
    if ('code' in handle) return { fault: String(handle.message) };
    try {
      return pixelsOf(handle);
    } finally {
      libheif.heif_image_handle_release(handle);
    }
  } catch (error) {
    return { fault: String(error) };
  } finally {
    libheif.heif_context_free(context);
  }
}

function pixelsOf(handle: object): HeicAnswer {
  const alpha = libheif.heif_image_handle_has_alpha_channel(handle) !== 0;
  const { heif_chroma_interleaved_RGB: rgb, heif_chroma_interleaved_RGBA: rgba } = libheif.heif_chroma;
  const decoded = libheif.heif_js_decode_image2(handle, libheif.heif_colorspace.heif_colorspace_RGB, alpha ? rgba : rgb);
  if ('code' in decoded) return { fault: String(decoded.message) };
  const { image, width, height, channels } = decoded;
  const plane = channels[0]!;
  const row = width * (alpha ? 4 : 3);
  const pixels = new Uint8Array(row * height); // without the padding that libheif may put behind a row
  for (let y = 0; y < height; y++) pixels.set(plane.data.subarray(y * plane.stride, y * plane.stride + row), y * row);
  libheif.heif_image_release(image);
  return { photo: { pixels, width, height, channels: alpha ? 4 : 3 }, heapBytes: libheif.HEAPU8.length };
}
