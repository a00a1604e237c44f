/**
 * The reader: from a file to the pictures that the networks see, by the cheapest way that has enough pixels, in a process of its own,
 * because it decodes files from anywhere with native code. In the order in which a photo passes: head, sniff (what is it?), preview (jpeg,
 * edited), decode (draw, memory, heic, profile), pictures; read.ts joins them. Pictures for people: make, render, about. main.ts is the
 * process.
 *
 * This face loads no decoder: whoever supervises the reader stays free of it.
 */
export { pictureNames, rawNames } from './names.ts';
export { systemProblem } from './problems.ts';
export type {
  About,
  Answered,
  FromReader,
  Made,
  Make,
  NotRead,
  PictureSize,
  Pixels,
  Question,
  ReadFrom,
  ToReader,
  Want,
} from './protocol.ts';

/** The program to fork, with `serialization: 'advanced'`. */
export const readerProgram = new URL('./main.ts', import.meta.url);
