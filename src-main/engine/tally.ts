/** Adds up a run, photo by photo, to its summary. What a photo cost counts in the run that looked at it. */
import type { Rung, Summary, Verdict } from '../contract/events.ts';
import { type Busy, type Watts, energyOf, savedBy } from '../energy/index.ts';
import type { Pack } from '../packs/index.ts';
import { type MachineFigures, isJpeg } from './machine.ts';
import type { Course } from './photo.ts';

export interface Ending {
  readonly how: Summary['how'];
  readonly providerNote: string | null;
  readonly files: number;
  readonly seconds: number;
  readonly overheadMs: number; // CPU time that no photo caused
}

export class Tally {
  readonly #pack: Pack;
  readonly #watts: Watts;
  readonly #machine: MachineFigures;
  readonly #exits: number[];
  readonly #collections: Record<string, number>;
  readonly #piles = { collection: 0, group: 0, review: 0 };
  readonly #rungs: Record<Rung, number> = { preview: 0, scaled: 0, full: 0 };
  readonly #busy = { read: 0, network: 0 };
  readonly #saved = { read: 0, network: 0 };
  readonly #reference = { read: 0, network: 0 };
  #macs = 0;
  #bytes = 0;
  #stored = 0;
  skipped = 0;
  failed = 0;

  constructor(pack: Pack, watts: Watts, machine: MachineFigures) {
    this.#pack = pack;
    this.#watts = watts;
    this.#machine = machine;
    this.#exits = new Array<number>(pack.exits).fill(0);
    this.#collections = Object.fromEntries(pack.manifest.collections.map(({ key }) => [key, 0]));
  }

  get verdicts(): number {
    return this.#piles.collection + this.#piles.group + this.#piles.review;
  }

  /** CPU milliseconds booked on photos. */
  get busy(): Busy {
    return this.#busy;
  }

  /** Answered from the library. */
  addStored(verdict: Verdict): void {
    this.#stored += 1;
    this.#place(verdict);
  }

  add(course: Course, verdict: Verdict): void {
    const { exit, macs } = verdict;
    this.#place(verdict);
    this.#macs += macs;
    this.#busy.read += course.readCpuMs;
    this.#busy.network += course.networkCpuMs.reduce((a, b) => a + b, 0);
    for (const { rung, bytes } of course.reads) {
      this.#rungs[rung] += 1;
      this.#bytes += bytes;
    }

    const decode = course.reads.find(({ rung }) => rung !== 'preview');
    if (decode?.rung === 'scaled' && isJpeg(course.path)) this.#machine.note(decode);
    const scaled = decode?.cpuMs ?? this.#machine.scaledMs(course.reads[0]!) ?? course.readCpuMs;
    const saved = savedBy({ exit, reads: course.readCpuMs, scaled }, this.#machine.stageMs);
    this.#saved.read += saved.read;
    this.#saved.network += saved.network;
    this.#reference.read += scaled;
    this.#reference.network += this.#machine.stageMs.reduce((a, b) => a + b, 0);
  }

  summary({ how, providerNote, files, seconds, overheadMs }: Ending): Summary {
    const joules = (cpuMs: number): number => (cpuMs / 1000) * this.#watts.typical;
    return {
      type: 'summary',
      how,
      ...(providerNote !== null && { providerNote }),
      files,
      verdicts: this.verdicts,
      stored: this.#stored,
      skipped: this.skipped,
      failed: this.failed,
      notReached: files - this.verdicts - this.skipped - this.failed,
      sorted: this.#piles.collection,
      grouped: this.#piles.group,
      review: this.#piles.review,
      collections: this.#collections,
      exits: this.#exits,
      meanMacs: this.verdicts === this.#stored ? 0 : this.#macs / (this.verdicts - this.#stored),
      fullMacs: this.#pack.macs.at(-1)!,
      rungs: this.#rungs,
      bytes: this.#bytes,
      seconds,
      busySeconds: { read: this.#busy.read / 1000, network: this.#busy.network / 1000, overhead: overheadMs / 1000 },
      energy: energyOf(this.#busy, this.#watts),
      overheadJoules: joules(overheadMs),
      saved: {
        read: joules(this.#saved.read),
        network: joules(this.#saved.network),
        ofRead: joules(this.#reference.read),
        ofNetwork: joules(this.#reference.network),
        method: 'modelled',
      },
    };
  }

  #place({ exit, pile, collection }: Verdict): void {
    this.#exits[exit - 1]! += 1;
    this.#piles[pile] += 1;
    if (pile === 'collection') this.#collections[collection]! += 1;
  }
}
