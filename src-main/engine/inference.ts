/**
 * Inference, supervised. Keeps a network child while there is work for it, hands it small batches, and answers every photo exactly once. A
 * child that nobody asked for a while is ended; the next photo starts another.
 *
 * A batch is made whenever the child has room, from the photos that wait, those of the last network first: at full speed batches fill by
 * themselves, and a lone photo does not wait. When the child dies, its batches are handed to the next one; a provider that kills it is
 * replaced by `cpu`, visibly.
 */
import { SquintError } from '../contract/errors.ts';
import { type FromNetwork, type NetworkPlan, type Ran, type ToNetwork, networkProgram, protocolVersion } from '../network/index.ts';
import { type Child, patience, startChild } from './child.ts';
import { shareOf } from './share.ts';

export type PhotoRan = Ran['photos'][number] & { cpuMs: readonly number[]; ms: number }; // cpuMs per stage visited, this photo's share

export interface Look {
  readonly picture: Uint8Array | Float32Array;
  readonly features: Readonly<Record<string, Float32Array>>;
  readonly thresholds: readonly number[]; // per exit of the network; photos that share the array may share a batch
}

export interface InferenceOptions {
  readonly networks: readonly NetworkPlan[];
  readonly provider: string;
  readonly want: { readonly features: readonly number[]; readonly logits: boolean };
  readonly idleMs?: number; // after which the child is ended
  readonly program?: URL; // another network child, in tests of faults
}

export interface Ready {
  readonly provider: string; // in use
  readonly note: string | null; // why it is not the one asked for
  readonly available: readonly string[]; // that are built in on this system
}

interface Waiting {
  readonly look: Look;
  readonly resolve: (ran: PhotoRan) => void;
  readonly reject: (error: Error) => void;
}

interface Batch {
  readonly network: number;
  readonly photos: readonly Waiting[];
}

const largestBatch = 16; // longer ones are no faster per photo and make cancelling slow
// What a network holds while it runs grows with the pixels of the batch: at 224 pixels sixteen photos took 200 MB more than four, and no less time.
const batchPixels = 16 * 112 * 112;
const leastLargestBatch = 4;
const batchesInFlight = 2; // one is worked on while the next is on its way
const batchDeadlineMs = 120_000;
const childIdleMs = 30_000;
const threads = 1; // of a session: two were never faster where the reader wants the other cores

export class Inference {
  readonly #options: InferenceOptions;
  readonly #queues: Waiting[][];
  readonly #inFlight = new Map<number, { batch: Batch; deadline: NodeJS.Timeout }>();
  readonly #ready = Promise.withResolvers<Ready>();
  #child: Child<ToNetwork> | null;
  #provider: string;
  #note: string | null = null;
  #isReady = false;
  #wasReady = false; // once: `ready` has been answered
  #seq = 0;
  #deathsInARow = 0;
  #idle: NodeJS.Timeout | undefined;
  #broken: SquintError | null = null;
  /** CPU milliseconds of children that ended in peace, start-up included. */
  processCpuMs = 0;

  constructor(options: InferenceOptions) {
    this.#options = options;
    this.#provider = options.provider;
    this.#queues = options.networks.map(() => []);
    this.#ready.promise.catch(() => {}); // told to whoever asks, and to every photo
    this.#child = this.#start();
  }

  /** Null while no child is kept. For tests of faults. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  /** Why it answers no more; then another must be made. */
  get broken(): SquintError | null {
    return this.#broken;
  }

  get ready(): Promise<Ready> {
    return this.#ready.promise;
  }

  /** In use at present. */
  get provider(): string {
    return this.#provider;
  }

  /** The reason of a change of provider since the start, else what `ready` told. */
  get note(): string | null {
    return this.#note;
  }

  /** @throws {SquintError} `network-failed`, where the graph does not run, or the child keeps dying; `stopped` after `close` */
  look(network: number, look: Look): Promise<PhotoRan> {
    return new Promise((resolve, reject) => {
      if (this.#broken) {
        reject(this.#broken);
        return;
      }
      this.#queues[network]!.push({ look, resolve, reject });
      this.#pump();
    });
  }

  /** What it works on is not answered any more; what is asked later is refused. */
  async close(): Promise<void> {
    this.#broken ??= new SquintError('stopped', 'The networks are not in use any more.');
    clearTimeout(this.#idle);
    for (const { deadline } of this.#inFlight.values()) clearTimeout(deadline);
    await this.#child?.stop();
  }

  #start(): Child<ToNetwork> {
    const { networks, program = networkProgram } = this.#options;
    const child = startChild<ToNetwork>(program, {
      message: (message) => this.#hear(message as FromNetwork),
      death: (blame) => this.#died(blame),
    });
    child.send({ type: 'hello', version: protocolVersion, provider: this.#provider, threads, networks: [...networks] });
    return child;
  }

  #pump(): void {
    clearTimeout(this.#idle);
    if (this.#inFlight.size === 0 && this.#queues.every((queue) => queue.length === 0)) {
      if (this.#isReady) this.#idle = setTimeout(() => this.#rest(), this.#options.idleMs ?? childIdleMs).unref();
      return;
    }
    if (this.#broken) return;
    this.#child ??= this.#start();
    while (this.#isReady && this.#inFlight.size < batchesInFlight) {
      const network = this.#queues.findLastIndex((queue) => queue.length > 0);
      if (network === -1) return;
      const { side } = this.#options.networks[network]!;
      const most = Math.min(largestBatch, Math.max(leastLargestBatch, Math.floor(batchPixels / side ** 2)));
      this.#ask({ network, photos: nextBatch(this.#queues[network]!, most) });
    }
  }

  #rest(): void {
    const child = this.#child;
    this.#child = null;
    this.#isReady = false;
    void child?.stop();
  }

  #ask(batch: Batch): void {
    const seq = ++this.#seq;
    const deadline = setTimeout(() => this.#child?.kill(), batchDeadlineMs);
    this.#inFlight.set(seq, { batch, deadline });
    const { want } = this.#options;
    this.#child?.send({
      type: 'run',
      seq,
      run: {
        network: batch.network,
        photos: batch.photos.length,
        pictures: joined(batch.photos.map(({ look }) => look.picture)),
        features: featuresOf(batch.photos),
        thresholds: batch.photos[0]!.look.thresholds,
        want,
      },
    });
  }

  #hear(message: FromNetwork): void {
    switch (message.type) {
      case 'ready':
        this.#isReady = this.#wasReady = true;
        this.#provider = message.provider; // in use, which may not be the one asked for
        this.#note ??= message.note;
        this.#ready.resolve({ provider: message.provider, note: this.#note, available: message.available });
        break;
      case 'stopped':
        this.processCpuMs += message.cpuMs;
        return;
      case 'failed': {
        const { code, message: text, hint } = message.problem;
        const error = new SquintError(code, text, hint === undefined ? {} : { hint });
        if (message.seq === null) this.#break(error);
        else for (const { reject } of this.#take(message.seq)) reject(error);
        break;
      }
      case 'ran': {
        this.#deathsInARow = 0;
        const photos = this.#take(message.seq);
        photos.forEach(({ resolve }, i) => resolve({ ...message.ran.photos[i]!, ...shareOf(message.ran, i) }));
      }
    }
    this.#pump();
  }

  #take(seq: number): readonly Waiting[] {
    const asked = this.#inFlight.get(seq);
    if (!asked) return [];
    clearTimeout(asked.deadline);
    this.#inFlight.delete(seq);
    return asked.batch.photos;
  }

  #died(blame: number): void {
    this.#isReady = false;
    this.#child = null;
    this.#deathsInARow += blame;
    if (this.#deathsInARow > patience) {
      this.#break(
        new SquintError('network-failed', "The network's process keeps dying.", {
          hint: 'Start Squint with SQUINT_DEBUG=1 to see why.',
        }),
      );
      return;
    }
    if (this.#provider !== 'cpu' && blame === 1) {
      this.#note = `${this.#provider} made the network's process crash, so the cpu is used`;
      this.#provider = 'cpu';
    }
    const batches = [...this.#inFlight.keys()].map((seq) => ({ network: this.#inFlight.get(seq)!.batch.network, photos: this.#take(seq) }));
    for (const { network, photos } of batches) this.#queues[network]!.unshift(...photos);
    if (!this.#wasReady) this.#child = this.#start(); // somebody may wait for `ready`
    this.#pump();
  }

  #break(error: SquintError): void {
    this.#broken = error;
    this.#ready.reject(error);
    for (const seq of [...this.#inFlight.keys()]) for (const { reject } of this.#take(seq)) reject(error);
    for (const { reject } of this.#queues.flatMap((queue) => queue.splice(0))) reject(error);
  }
}

/** Takes the first photos of a queue, as far as the same thresholds are theirs. */
function nextBatch(queue: Waiting[], most: number): Waiting[] {
  const { thresholds } = queue[0]!.look;
  const other = queue.findIndex(({ look }) => look.thresholds !== thresholds);
  return queue.splice(0, other === -1 ? most : Math.min(other, most));
}

function joined(pictures: readonly (Uint8Array | Float32Array)[]): Uint8Array | Float32Array {
  if (pictures.length === 1) return pictures[0]!;
  const length = pictures.reduce((sum, picture) => sum + picture.length, 0);
  const all = pictures[0] instanceof Float32Array ? new Float32Array(length) : new Uint8Array(length);
  let at = 0;
  for (const picture of pictures) {
    all.set(picture, at);
    at += picture.length;
  }
  return all;
}

function featuresOf(photos: readonly Waiting[]): Record<string, Float32Array> {
  const names = Object.keys(photos[0]!.look.features);
  return Object.fromEntries(names.map((name) => [name, joined(photos.map(({ look }) => look.features[name]!)) as Float32Array]));
}
