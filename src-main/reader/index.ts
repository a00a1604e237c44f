/**
 * The reader child: files to pixels. It decodes what may be hostile, so it is a process of its own that the engine may end at any time.
 * `main.ts` is the process, `protocol.ts` what it speaks. Others import only what stands here.
 */
export type { FromReader, PictureSize, Pixels, ReadFrom, ToReader, Want } from './protocol.ts';
export const readerProgram = new URL('./main.ts', import.meta.url);
