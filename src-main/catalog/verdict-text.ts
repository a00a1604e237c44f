/** A verdict as the catalogue keeps it: JSON, as its run gave it, without what belongs to a file or to the moment. */
import type { Verdict } from '../contract/events.ts';

export const verdictToText = (verdict: Verdict): string =>
  JSON.stringify({ ...verdict, type: undefined, path: undefined, stored: undefined });

/** @param path of the file that it is told of now */
export function verdictFromText(text: string, path: string): Verdict {
  const kept = JSON.parse(text) as Omit<Verdict, 'type' | 'path' | 'stored'>;
  return { type: 'verdict', path, ...kept, stored: true };
}
