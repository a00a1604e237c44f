/** What a tile says of its photo: two lines of text, marks, and the words that are spoken and stand in its tooltip. */
import type { Row } from '../../src-main/contract/library.ts';
import { energy, energyRange, percent } from './numbers.ts';

export type Mark = 'pick' | 'reject' | 'confirmed' | 'corrected' | 'closer' | 'damaged' | 'missing' | 'offline';

export interface TileText {
  readonly title: string;
  readonly confidence: string | null; // "? 61%" where it is doubtful
  readonly isDoubtful: boolean;
  readonly detail: string | null; // the second line of a photo that has left no exit
  readonly energy: string | null;
  readonly marks: readonly Mark[];
  readonly spoken: string;
  readonly tooltip: string;
}

export const markWords: Record<Mark, string> = {
  pick: 'Picked by you',
  reject: 'Rejected by you',
  confirmed: 'Confirmed by you',
  corrected: 'Corrected by you',
  closer: 'Not looked at as closely as the choice in force would',
  damaged: 'Damaged: only a part of it could be read',
  missing: 'The file is gone; its result is kept',
  offline: 'Its folder is not connected; its result is kept',
};

const unitWords: Record<string, string> = { mJ: 'millijoules', J: 'joules', Wh: 'watt-hours' };
const inWords = (amount: string): string => amount.replace(/[A-Za-z]+$/, (unit) => unitWords[unit] ?? unit);

/**
 * @param titleOf the title of a collection or a group by its key
 * @param isOffline whether the photo's folder is not connected
 */
export function textOf(row: Row, titleOf: (key: string) => string, isOffline: boolean): TileText {
  const marks = marksOf(row, isOffline);
  const { collection, confidence, exit } = row;
  if (row.state !== 'sorted' || collection === null || confidence === null || exit === null) {
    const failed = row.state === 'failed' ? 'Could not be read' : 'Skipped';
    const reason = row.problem?.message ?? null;
    const isWaiting = row.state === 'waiting';
    return {
      title: isWaiting ? row.name : failed,
      confidence: null,
      isDoubtful: false,
      detail: isWaiting ? 'Waiting' : reason,
      energy: null,
      marks,
      spoken: sentence([row.name, isWaiting ? 'waiting' : `${failed.toLowerCase()}${reason === null ? '' : `: ${reason}`}`], marks),
      tooltip: lines([row.name, isWaiting ? null : reason, row.problem?.hint], marks),
    };
  }

  const network = titleOf(collection);
  const isDoubtful = row.decided === null && row.pile === 'review';
  const group = row.decided === null && row.pile === 'group' && row.group !== null ? titleOf(row.group) : null;
  const isMeasured = row.energy?.method === 'measured';
  const amount = row.energy && energy(row.energy.joules);
  const guess = `${network} ${percent(confidence)}`;
  const shown = row.decided ? titleOf(row.decided.collection) : (group ?? network);
  const ofGroup = group === null ? null : `not sure which, most likely ${guess}`;
  return {
    title: shown,
    // A confidence stands only beside what it is the confidence of.
    confidence: group !== null || row.decided?.how === 'corrected' ? null : `${isDoubtful ? '? ' : ''}${percent(confidence)}`,
    isDoubtful,
    detail: null,
    energy: amount && (isMeasured ? amount : `≈ ${amount}`),
    marks,
    spoken: sentence(
      [
        shown,
        isDoubtful ? 'doubtful' : null,
        ofGroup,
        row.decided?.how === 'corrected' ? `the network said ${guess}` : group === null ? percent(confidence) : null,
        `left at exit ${exit} of ${row.exits}`,
        amount && `${isMeasured ? '' : 'about '}${inWords(amount)}`,
      ],
      marks,
    ),
    tooltip: lines(
      [
        row.name,
        isDoubtful ? 'Doubtful: below the limit for sorting' : null,
        ofGroup && `${shown}, ${ofGroup}`,
        row.decided?.how === 'corrected' ? `The network said ${guess}` : null,
        row.energy && `${isMeasured ? '' : 'About '}${energyRange(row.energy)}, ${row.energy.method}`,
      ],
      marks,
    ),
  };
}

function marksOf(row: Row, isOffline: boolean): Mark[] {
  const marks: Mark[] = [];
  if (row.flag) marks.push(row.flag);
  if (row.decided) marks.push(row.decided.how);
  if (row.further) marks.push('closer');
  if (row.damaged) marks.push('damaged');
  if (row.missing) marks.push(isOffline ? 'offline' : 'missing');
  return marks;
}

const isThere = (part: string | null | undefined): part is string => typeof part === 'string';
const sentence = (parts: readonly (string | null)[], marks: readonly Mark[]): string =>
  [...parts, ...marks.map((mark) => markWords[mark].toLowerCase())].filter(isThere).join(', ');
const lines = (parts: readonly (string | null | undefined)[], marks: readonly Mark[]): string =>
  [...parts, ...marks.map((mark) => markWords[mark])].filter(isThere).join('\n');
