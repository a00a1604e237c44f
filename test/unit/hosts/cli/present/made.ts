/** A made run, as the engine would tell it, and terminals to show it on. */
import picocolors from 'picocolors';
import type { RunEvent, Start, Summary, Verdict } from '../../../../../src-main/contract/events.ts';
import { RunRecord } from '../../../../../src-main/hosts/cli/present/record.ts';
import type { Terminal } from '../../../../../src-main/hosts/cli/terminal.ts';

export const terminal = (width: number, over: Partial<Terminal> = {}): Terminal => ({
  width,
  unicode: true,
  watched: false,
  colours: picocolors.createColors(false),
  ...over,
});

export const start: Start = {
  type: 'start',
  pack: { name: 'made', title: 'Made', version: '1', digest: 'd', calibrated: true },
  collections: [
    { key: 'dogs', title: 'Dogs', group: 'animals' },
    { key: 'furniture', title: 'Furniture & household things', group: null },
    { key: 'cats', title: 'Cats', group: 'animals' },
  ],
  groups: [{ key: 'animals', title: 'Animals' }],
  exits: [
    { network: 1, side: 64, macs: 12e6 },
    { network: 2, side: 224, macs: 800e6 },
  ],
  preset: 'balanced',
  thresholds: [0.7],
  provider: 'cpu',
  watts: { typical: 5, low: 2, high: 12, of: 'a server processor' },
  files: 1010,
};

export const summary: Summary = {
  type: 'summary',
  how: 'done',
  files: 1010,
  verdicts: 1000,
  stored: 0,
  skipped: 9,
  failed: 1,
  notReached: 0,
  sorted: 900,
  grouped: 40,
  review: 60,
  collections: { dogs: 600, furniture: 300, cats: 0 },
  exits: [750, 250],
  meanMacs: 209e6,
  fullMacs: 800e6,
  rungs: { preview: 850, scaled: 250, full: 0 },
  bytes: 700e6,
  seconds: 12.5,
  busySeconds: { read: 8, network: 3, overhead: 1 },
  energy: { joules: 55, low: 22, high: 132, method: 'modelled', read: 40, network: 15 },
  overheadJoules: 5,
  saved: { read: 75, network: -2, ofRead: 115, ofNetwork: 40, method: 'modelled' },
};

export const verdict = (over: Partial<Verdict> = {}): Verdict => ({
  type: 'verdict',
  path: '/p/rex.jpg',
  collection: 'dogs',
  group: 'animals',
  leaf: null,
  confidence: 0.912,
  exit: 1,
  exits: 2,
  review: false,
  damaged: false,
  stored: false,
  reads: [{ side: 64, rung: 'preview', bytes: 65536, ms: 2, enlarged: false }],
  macs: 12e6,
  fullMacs: 800e6,
  ms: { read: 2, network: 1 },
  energy: { joules: 0.0153, low: 0.006, high: 0.036, method: 'modelled', read: 0.01, network: 0.005 },
  pile: 'collection',
  opinions: [],
  ...over,
});

export function recordOf(...events: RunEvent[]): RunRecord {
  const record = new RunRecord();
  for (const event of events) record.take(event);
  return record;
}
