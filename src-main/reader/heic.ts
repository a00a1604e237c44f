/**
 * The lane for HEIC: a worker thread that decodes one file at a time, about a second for 12 megapixels, so that the other files go on beside
 * it. It is started with the first HEIC, for most libraries hold none.
 */
import { Worker } from 'node:worker_threads';
import { unreadable } from './problems.ts';

export interface HeicPhoto {
  readonly pixels: Uint8Array; // upright: libheif turns it; width × height × channels, row by row, in the colours of its profile
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4; // RGB, or RGBA where the file has transparency
}

export type HeicAnswer = { readonly photo: HeicPhoto; readonly heapBytes: number } | { readonly fault: string };

/** libheif's memory never shrinks, so a worker that grew beyond this is ended after its photo; bytes. 12 megapixels take 70 MB. */
const keptHeap = 128e6;

export class HeicLane {
  #worker: Worker | null = null;
  #answer: (answer: HeicAnswer) => void = () => undefined; // of the file that is being decoded
  #last: Promise<unknown> = Promise.resolve();

  /** @throws {FileError} `damaged` */
  async decode(path: string): Promise<HeicPhoto> {
    const answer = this.#last.then(() => this.#ask(path));
    this.#last = answer.catch(() => undefined);
    const done = await answer;
    if ('fault' in done) throw unreadable(path, 'damaged', 'HEIC', new Error(done.fault));
    return done.photo;
  }

  async #ask(path: string): Promise<HeicAnswer> {
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    const answer = await new Promise<HeicAnswer>((resolve) => {
      this.#answer = resolve;
      worker.postMessage(path);
    });
    worker.unref(); // an idle lane keeps no process alive
    if ('fault' in answer || answer.heapBytes > keptHeap) {
      this.#worker = null;
      await worker.terminate();
    }
    return answer;
  }

  /** A fault inside libheif ends the thread: that file is damaged, the next one gets a new worker. */
  #start(): Worker {
    const worker = new Worker(new URL('./heic-worker.ts', import.meta.url));
    worker.on('message', (answer: HeicAnswer) => this.#answer(answer));
    worker.on('error', (error) => this.#answer({ fault: String(error) }));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#worker = null;
      this.#answer({ fault: 'the decoder ended' });
    });
    return worker;
  }
}
