/**
 * What a choice would mean for a selection, before it is made. While a handle is dragged the same selection is asked about again and again:
 * what its photos' exits said is looked up once and kept until something happens to photos.
 */
import type { Choice, Estimate, Filter } from '../../contract/library.ts';
import { exitUnder } from '../verdict.ts';
import { type Context, packOf, wattsIn } from './context.ts';
import { figuresOf, policyOf } from './choice.ts';
import { costOf, joulesOf } from './cost.ts';
import type { Kept } from './decide.ts';

const page = 1000; // ids
const atOnce = 50; // verdicts: some milliseconds
const exact = 3000; // photos; of more, evenly spread ones stand for all

/** Reading and network overlap, but not wholly: measured on a whole run against the slower of both. */
const overlap = 0.85;

interface Looked {
  readonly photos: number; // of the selection
  readonly seen: number; // of them looked up
  readonly confidences: readonly (readonly number[])[]; // per photo with a verdict that another policy may change, at each exit visited
  readonly settled: number; // photos with a verdict under every policy
  readonly waiting: number;
}

export class Estimates {
  readonly #context: Context;
  #kept: { readonly selection: string; readonly revision: number; readonly looked: Promise<Looked> } | null = null;
  #looking = 0;

  constructor(context: Context) {
    this.#context = context;
  }

  /** @throws {SquintError} `no-such-point`, `not-calibrated` */
  async of({ choice, filter }: { choice: Choice; filter: Filter }): Promise<Estimate> {
    const { settings } = this.#context;
    const use = packOf(this.#context);
    const policy = policyOf(use, choice);
    const looked = await this.#look(filter);
    const notEnough = looked.confidences.filter((confidences) => exitUnder(policy, confidences) === null).length;
    const ofAll = (n: number): number => (looked.seen === 0 ? 0 : Math.round((n * looked.photos) / looked.seen));
    const further = ofAll(notEnough);
    const waiting = ofAll(looked.waiting);
    const figures = figuresOf(use, choice);
    const cost = costOf(use, choice);
    const aPhoto = joulesOf(cost, wattsIn(this.#context));
    const n = further + waiting;
    const busiest = Math.max(cost.network, (cost.network + cost.read) / settings.current.threads);
    return {
      photos: looked.photos,
      known: ofAll(looked.settled + looked.confidences.length - notEnough),
      further,
      waiting,
      accuracy: figures && { share: figures.accuracy, low: figures.low, high: figures.high },
      macs: figures?.macs ?? use.pack.macs.at(-1)!,
      fullMacs: use.pack.macs.at(-1)!,
      joules: { typical: n * aPhoto.typical, low: n * aPhoto.low, high: n * aPhoto.high },
      joulesAPhoto: aPhoto,
      seconds: use.machine ? (n * busiest) / overlap / 1000 : null,
    };
  }

  #look(filter: Filter): Promise<Looked> {
    const selection = JSON.stringify(filter);
    const { revision } = this.#context;
    // While it is being looked up, more of the same ask in vain: in a run something happens all the time.
    const holds = this.#kept?.selection === selection && (this.#looking > 0 || this.#kept.revision === revision);
    if (!this.#kept || !holds) {
      this.#looking += 1;
      this.#kept = { selection, revision, looked: look(this.#context, filter).finally(() => (this.#looking -= 1)) };
    }
    return this.#kept.looked;
  }
}

/** Every photo of the selection, or every so many where there are too many to wait for. */
async function look(context: Context, filter: Filter): Promise<Looked> {
  const { catalog } = context;
  const { key } = packOf(context);
  const photos = await catalog.count(filter);
  const every = Math.max(1, Math.ceil(photos / exact));
  const sums = { photos, seen: 0, settled: 0, waiting: 0 };
  const confidences: number[][] = [];
  let place = 0;
  for (let after: string | null = null; ;) {
    const { ids, next } = catalog.idsOf({ filter, order: 'added', after, limit: page });
    const sample = ids.filter(() => place++ % every === 0);
    for (let i = 0; i < sample.length; i += atOnce) {
      const some = sample.slice(i, i + atOnce);
      const known = new Set<number>();
      for (const { photo, verdict } of catalog.verdictsOf(some, key)) {
        known.add(photo);
        const { closer, damaged, opinions }: Kept = verdict;
        if (closer || damaged) sums.settled += 1;
        else confidences.push(opinions.map(({ top }) => top[0]!.confidence));
      }
      sums.waiting += catalog.photosStillToRun(some, key).filter(({ id }) => !known.has(id)).length;
      sums.seen += some.length;
      await new Promise(setImmediate);
    }
    if (next === null) return { ...sums, confidences };
    after = next;
  }
}
