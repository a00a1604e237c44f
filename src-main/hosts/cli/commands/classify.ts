/** `squint classify`: the product's main job. */
import { text } from 'node:stream/consumers';
import { SquintError } from '../../../contract/errors.ts';
import type { Failed, Preset, RunEvent, Skipped, Start, Summary, Verdict } from '../../../contract/events.ts';
import { type ClassifyRequest, classify } from '../../../engine/index.ts';
import { createCsv } from '../csv.ts';
import { type Io, status } from '../io.ts';
import { beginning, ending, verdictLines } from '../present/run.ts';

export interface ClassifyOptions {
  readonly pack: string;
  readonly preset: Preset;
  readonly provider: string;
  readonly read: ClassifyRequest['read'];
  readonly limit?: number;
  readonly json?: true;
  readonly csv?: string;
}

/** Up to so many photos each get a line of their own. */
const fewPhotos = 15;

/** Codes of files that are no photos; all others that have no verdict are photos that were not sorted. */
const noPhotos = new Set(['not-a-picture-name', 'not-a-picture']);

export async function classifyCommand(inputs: readonly string[], options: ClassifyOptions, io: Io): Promise<number> {
  const named = inputs.includes('-') ? [...inputs.filter((input) => input !== '-'), ...(await pathsOnStdin())] : inputs;
  const csv = options.csv === undefined ? null : await createCsv(io.path(options.csv));
  try {
    const run = options.json ? jsonRun(io) : tableRun(io);
    const emit = (event: RunEvent): void => {
      run.take(event);
      if (csv && event.type === 'verdict' && run.start) csv.write(event, run.start);
    };
    const request = { ...options, inputs: named, from: io.from, pack: io.path(options.pack) };
    let summary: Summary;
    try {
      summary = await classify(request, emit, io.signal, { user: 0, system: 0 });
    } finally {
      run.end();
    }
    if (summary.how === 'stopped') return status.interrupted;
    return run.unsorted > 0 ? status.notAllSorted : status.done;
  } finally {
    await csv?.close();
  }
}

/** One path a line, or separated by NUL, as `find -print0` writes them. */
async function pathsOnStdin(): Promise<string[]> {
  const input = await text(process.stdin);
  const paths = input.split(input.includes('\0') ? '\0' : /\r?\n/).filter((path) => path !== '');
  if (paths.length > 0) return paths;
  throw new SquintError('no-input', 'No path came on standard input.', {
    hint: 'Give one path a line, such as: find . -name "*.jpg" | squint classify -',
  });
}

/** A run as it is told: the start it had, and how many photos were not sorted. */
interface Telling {
  readonly start: Start | null;
  readonly unsorted: number;
  take(event: RunEvent): void;
  end(): void;
}

/** Every event as a line of JSON, as it comes. */
function jsonRun(io: Io): Telling {
  const told = { start: null as Start | null, unsorted: 0 };
  return {
    get start() {
      return told.start;
    },
    get unsorted() {
      return told.unsorted;
    },
    take: (event) => {
      if (event.type === 'start') told.start = event;
      if (isUnsorted(event)) told.unsorted += 1;
      io.print([JSON.stringify(event)]);
    },
    end: () => {},
  };
}

/** A progress bar, then the table; for a few photos a line each. */
function tableRun(io: Io): Telling {
  const progress = io.progress('files');
  const refused: (Skipped | Failed)[] = [];
  const grouped: Record<string, number> = {};
  const damaged: string[] = [];
  const first: Verdict[] = [];
  const told = { start: null as Start | null, unsorted: 0, done: 0 };

  const count = (event: RunEvent): void => {
    told.done += 1;
    if (isUnsorted(event)) told.unsorted += 1;
    progress.update(told.done, told.start!.files);
  };
  return {
    get start() {
      return told.start;
    },
    get unsorted() {
      return told.unsorted;
    },
    take: (event) => {
      switch (event.type) {
        case 'start':
          told.start = event;
          io.tell(beginning(event, io.err));
          progress.update(0, event.files);
          return;
        case 'verdict':
          count(event);
          if (first.length <= fewPhotos) first.push(event);
          if (event.pile === 'group' && event.group !== null) grouped[event.group] = (grouped[event.group] ?? 0) + 1;
          if (event.damaged) damaged.push(event.path);
          return;
        case 'skipped':
        case 'failed':
          count(event);
          refused.push(event);
          return;
        case 'summary': {
          progress.end();
          const start = told.start!;
          if (first.length > 0 && first.length <= fewPhotos) io.print(['', ...verdictLines(first, start, io.out)]);
          io.print(ending({ start, summary: event, refused, grouped, damaged }, io.out));
        }
      }
    },
    end: () => progress.end(),
  };
}

const isUnsorted = (event: RunEvent): boolean => event.type === 'failed' || (event.type === 'skipped' && !noPhotos.has(event.code));
