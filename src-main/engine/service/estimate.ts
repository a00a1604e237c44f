/** What a choice would mean for a selection, before it is made. */
import type { Choice, Estimate, Filter } from '../../contract/library.ts';
import { type Context, packOf, wattsIn } from './context.ts';
import { figuresOf } from './choice.ts';
import { costOf, joulesOf } from './cost.ts';
import { decide, inForce } from './decide.ts';

const page = 1000; // ids
const decidedAtOnce = 100; // some milliseconds
const exact = 3000; // photos; of more, evenly spread ones stand for all

/** Reading and network overlap, but not wholly: measured on a whole run against the slower of both. */
const overlap = 0.85;

/** @throws {SquintError} `no-such-point`, `not-calibrated` */
export async function estimate(context: Context, { choice, filter }: { choice: Choice; filter: Filter }): Promise<Estimate> {
  const { catalog, settings } = context;
  const use = packOf(context);
  const photos = catalog.count(filter);
  const { known, further, waiting } = await split(context, choice, filter, photos);
  const figures = figuresOf(use, choice);
  const cost = costOf(use, choice);
  const aPhoto = joulesOf(cost, wattsIn(context));
  const n = further + waiting;
  const busiest = Math.max(cost.network, (cost.network + cost.read) / settings.current.threads);
  return {
    photos,
    known,
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

interface Split {
  readonly known: number;
  readonly further: number;
  readonly waiting: number;
}

/** What the selection's photos would need: every photo is looked up, or every so many where there are too many to wait for. */
async function split(context: Context, choice: Choice, filter: Filter, photos: number): Promise<Split> {
  const { catalog } = context;
  const use = packOf(context);
  const policy = inForce(use, choice);
  const every = Math.max(1, Math.ceil(photos / exact));
  const sums = { known: 0, further: 0, waiting: 0 };
  let place = 0;
  let looked = 0;
  for (let after: string | null = null; ;) {
    const { ids, next } = catalog.idsOf({ filter, order: 'added', after, limit: page });
    const sample = ids.filter(() => place++ % every === 0);
    for (let i = 0; i < sample.length; i += decidedAtOnce) {
      const some = sample.slice(i, i + decidedAtOnce);
      const verdicts = catalog.verdictsOf(some, use.key);
      const decided = new Set(verdicts.map(({ photo }) => photo));
      for (const { verdict } of verdicts) sums[decide(verdict, use, policy).further ? 'further' : 'known'] += 1;
      sums.waiting += catalog.photosStillToRun(some, use.key).filter(({ id }) => !decided.has(id)).length;
      looked += some.length;
      await new Promise(setImmediate);
    }
    if (next === null) break;
    after = next;
  }
  const of = (n: number): number => (looked === 0 ? 0 : Math.round((n * photos) / looked));
  return { known: of(sums.known), further: of(sums.further), waiting: of(sums.waiting) };
}
