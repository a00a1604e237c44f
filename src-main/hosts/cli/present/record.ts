/**
 * What a run told, added up for the person. It computes no verdict and keeps no more than is shown, so that it stays small however many
 * files there are.
 */
import { extname } from 'node:path';
import type { Failed, RunEvent, Skipped, Start, Summary, Verdict } from '../../../contract/events.ts';

/** Files of which the same is to be said. */
export interface Reason {
  readonly message: string;
  readonly hint: string | undefined;
  files: number;
  readonly paths: string[]; // of the first ones
}

/** Up to so many photos each get a line of their own. */
const fewPhotos = 15;
const pathsKept = 3;
const inOrder = new Intl.Collator('en', { numeric: true });

/** Whether the event is the outcome of a photo, sorted or not. What has neither the name nor the content of a picture is none. */
export const isOfPhoto = (event: RunEvent): event is Verdict | Skipped | Failed =>
  event.type === 'verdict' || event.type === 'failed' || (event.type === 'skipped' && !isNoPhoto(event));

const isNoPhoto = ({ code, path }: Skipped): boolean =>
  code === 'not-a-picture-name' || (code === 'not-a-picture' && extname(path) === '') || leftOut.has(code);

/** What a scan does not go to, on purpose: whether there are photos in it is not known. */
const leftOut: ReadonlySet<string> = new Set(['hidden', 'system-folder', 'link-inside', 'link-outside', 'link-broken', 'not-a-file']);

export class RunRecord {
  start: Start | null = null;
  summary: Summary | null = null;
  /** Photos with an outcome. */
  done = 0;
  unsorted = 0;
  /** Files that are no photos, by the ending of their names. */
  readonly others = new Map<string, number>();
  /** What was not gone to, by the reason. */
  readonly leftOut = new Map<string, number>();
  readonly reasons = new Map<string, Reason>();
  readonly damaged: Reason = {
    message: 'Decoded only in part: the file is damaged, what is missing is grey.',
    hint: undefined,
    files: 0,
    paths: [],
  };
  /** Photos in each group's pile, by key. */
  readonly grouped: Record<string, number> = {};
  #first: Verdict[] = [];

  take(event: RunEvent): void {
    switch (event.type) {
      case 'start':
        this.start = event;
        return;
      case 'verdict':
        this.done += 1;
        if (this.#first.length <= fewPhotos) this.#first.push(event);
        if (event.pile === 'group' && event.group !== null) this.grouped[event.group] = (this.grouped[event.group] ?? 0) + 1;
        if (event.damaged) note(this.damaged, event.path);
        return;
      case 'skipped':
        if (leftOut.has(event.code)) add(this.leftOut, event.message);
        else if (isNoPhoto(event)) add(this.others, extname(event.path));
        else this.#refuse(event);
        return;
      case 'failed':
        this.#refuse(event);
        return;
      case 'summary':
        this.summary = event;
    }
  }

  /** Photos to come, as far as is known: what turns out to be no photo is taken away. */
  get photos(): number {
    return [this.others, this.leftOut].flatMap((map) => [...map.values()]).reduce((left, files) => left - files, this.start?.files ?? 0);
  }

  /** All verdicts, where they are few, in the natural order of their paths. */
  get few(): readonly Verdict[] {
    return this.#first.length > fewPhotos ? [] : this.#first.toSorted((a, b) => inOrder.compare(a.path, b.path));
  }

  #refuse({ path, message, hint }: Skipped | Failed): void {
    this.done += 1;
    this.unsorted += 1;
    const reason = this.reasons.get(message) ?? { message, hint, files: 0, paths: [] };
    this.reasons.set(message, reason);
    note(reason, path);
  }
}

function add(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function note(reason: Reason, path: string): void {
  reason.files += 1;
  if (reason.paths.length < pathsKept) reason.paths.push(path);
}
