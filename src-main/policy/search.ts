/**
 * The cheapest thresholds for a wanted accuracy, by direct search on a table of labelled photos.
 *
 * The best choice at one exit depends on who is left by the others, so no exit can be solved alone. But with the other thresholds held,
 * one pass over the photos in order of falling confidence tells what every possible threshold of an exit gives (a *line*). The search
 * descends along lines for many prices of a photo's worth (Lagrange), then moves two exits at once from the best policies found, and
 * remembers of everything it passes the cheapest policy for each number of right photos. Nothing is random: same table, same answer.
 */
import { leaves, nobody } from './decide.ts';
import { meanCost, outcomeOf, type ExitTable, type Outcome } from './outcome.ts';

export interface Solved extends Outcome {
  readonly thresholds: readonly number[]; // one per exit but the last
  readonly cost: number; // mean per photo, in the unit of the costs
}

export interface Frontier {
  /** The cheapest policy found with at least so many photos right; undefined where none has. */
  cheapest(right: number): Solved | undefined;
  /** Searches harder around the policies with about so many right; a second for 2,000 photos and 8 exits. */
  refine(right: number): void;
}

interface Search {
  readonly table: ExitTable;
  readonly cost: readonly number[];
  readonly order: readonly Int32Array[]; // per exit but the last: photos that may leave there, surest first
  readonly sums: Float64Array; // per number of right photos: least summed cost found
  readonly policies: (readonly number[] | undefined)[]; // … and its thresholds
}

type Visit = (threshold: number, right: number, sum: number) => void;

const prices = 40; // from one photo in two hundred to ten photos for the whole way from the first exit to the last
const closest = 8; // candidates on either side of the present threshold in a move of two exits
const spread = 40; // candidates over the whole range in a move of two exits

/**
 * @param cost cumulative per exit, the last the largest
 * @param least no threshold lies below it (the review threshold: nobody leaves early doubtful); 0 where there is none
 */
export function searchPolicies(table: ExitTable, cost: readonly number[], least: number): Frontier {
  const search: Search = {
    table,
    cost,
    order: table.confidence.slice(0, -1).map((confidence) => {
      const may = Int32Array.from(confidence.keys()).filter((i) => confidence[i]! >= least);
      return may.sort((a, b) => confidence[b]! - confidence[a]! || a - b);
    }),
    sums: new Float64Array(table.photos + 1).fill(Infinity),
    policies: [],
  };
  descendForAllPrices(search);

  const cheapest = (right: number): readonly number[] | undefined => {
    let best: number | undefined;
    for (let r = table.photos; r >= Math.max(0, right); r--) {
      // at the same cost the one with more photos right
      if (search.sums[r]! < (best === undefined ? Infinity : search.sums[best]! - 1e-9)) best = r;
    }
    return best === undefined ? undefined : search.policies[best];
  };
  const nearby = (right: number): (readonly number[])[] =>
    [cheapest(right), ...search.policies.slice(Math.max(0, right - 2), right + 3)].filter((policy) => policy !== undefined);
  return {
    cheapest: (right) => {
      const thresholds = cheapest(right);
      if (thresholds === undefined) return undefined;
      const outcome = outcomeOf(table, thresholds);
      return { ...outcome, thresholds, cost: meanCost(outcome.leave, cost) };
    },
    refine: (right) => {
      const tried = new Set<readonly number[]>();
      for (let fresh = nearby(right); fresh.length > 0; fresh = nearby(right).filter((policy) => !tried.has(policy))) {
        for (const policy of fresh) {
          tried.add(policy);
          moveTwoExits(search, policy);
        }
      }
    },
  };
}

/** Coordinate descent on (right photos - price x cost), from both ends of the range and from the solution for the price before. */
function descendForAllPrices(search: Search): void {
  const exits = search.cost.length;
  const none = new Array<number>(exits - 1).fill(nobody);
  remember(search, none, ...sumsOf(search, none));
  const wholeWay = search.cost[exits - 1]! - search.cost[0]!;
  if (wholeWay <= 0) return;
  const all = search.order.map((order, k) => (order.length === 0 ? nobody : search.table.confidence[k]![order.at(-1)!]!));
  let warm = none;
  for (let step = 0; step < prices; step++) {
    const price = (0.005 * 2000 ** (step / (prices - 1))) / wholeWay;
    warm = descend(search, warm, price);
    descend(search, none, price);
    descend(search, all, price);
  }
}

function descend(search: Search, start: readonly number[], price: number): number[] {
  const thresholds = [...start];
  for (let best = -Infinity; ;) {
    const before = best;
    for (let k = 0; k < thresholds.length; k++) {
      let choice = thresholds[k]!;
      best = -Infinity;
      alongLine(search, thresholds, k, (threshold, right, sum) => {
        if (right - price * sum <= best) return;
        best = right - price * sum;
        choice = threshold;
      });
      thresholds[k] = choice;
    }
    if (best <= before + 1e-9) return thresholds;
  }
}

/** Tries, for every pair of exits, other thresholds at the first together with every threshold at the second. */
function moveTwoExits(search: Search, from: readonly number[]): void {
  const ignore: Visit = () => undefined;
  for (let j = 0; j < from.length; j++) {
    for (const candidate of candidatesAround(search, j, from[j]!)) {
      const thresholds = from.with(j, candidate);
      for (let k = 0; k < from.length; k++) if (k !== j) alongLine(search, thresholds, k, ignore);
    }
  }
}

function candidatesAround(search: Search, exit: number, present: number): Set<number> {
  const confidence = search.table.confidence[exit]!;
  const distinct = [...new Set(Array.from(search.order[exit]!, (i) => confidence[i]!))]; // falling
  const at = distinct.findIndex((c) => c <= present);
  const near = at < 0 ? [] : distinct.slice(Math.max(0, at - closest), at + closest + 1);
  const stride = Math.max(1, distinct.length / spread);
  const far = Array.from({ length: Math.min(spread, distinct.length) }, (_, i) => distinct[Math.floor(i * stride)]!);
  return new Set([present, nobody, ...near, ...far]);
}

/** What every possible threshold of exit k gives, the other thresholds held: the number of right photos and the summed cost. */
function alongLine(search: Search, thresholds: readonly number[], k: number, visit: Visit): void {
  const { table, cost } = search;
  const confidence = table.confidence[k]!;
  const goesOn = new Int8Array(table.photos).fill(-1); // the exit where a photo leaves that passes exit k; -1: it left before
  let right = 0;
  let sum = 0;
  for (let i = 0; i < table.photos; i++) {
    let exit = exitFrom(table, thresholds, i, 0, k);
    if (exit === k) {
      exit = exitFrom(table, thresholds, i, k + 1, thresholds.length);
      goesOn[i] = exit;
    }
    right += table.correct[exit]![i]!;
    sum += cost[exit]!;
  }
  const offer = (threshold: number): void => {
    visit(threshold, right, sum);
    if (sum < search.sums[right]! - 1e-9) remember(search, thresholds.with(k, threshold), right, sum);
  };
  offer(nobody);
  const order = search.order[k]!;
  for (let n = 0; n < order.length; n++) {
    const i = order[n]!;
    const later = goesOn[i]!;
    if (later >= 0) {
      right += table.correct[k]![i]! - table.correct[later]![i]!;
      sum += cost[k]! - cost[later]!;
    }
    const next = order[n + 1];
    if (next === undefined || confidence[next]! < confidence[i]!) offer(confidence[i]!); // those that tie leave together
  }
}

/** The first exit from `start` whose threshold the photo reaches; `end` where none before it does. */
function exitFrom(table: ExitTable, thresholds: readonly number[], photo: number, start: number, end: number): number {
  for (let k = start; k < end; k++) if (leaves(table.confidence[k]![photo]!, thresholds[k]!)) return k;
  return end;
}

function sumsOf({ table, cost }: Search, thresholds: readonly number[]): [right: number, sum: number] {
  const { leave, right } = outcomeOf(table, thresholds);
  return [right, meanCost(leave, cost) * table.photos];
}

function remember(search: Search, thresholds: readonly number[], right: number, sum: number): void {
  search.sums[right] = sum;
  search.policies[right] = thresholds;
}
