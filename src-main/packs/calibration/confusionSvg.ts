/** What the last exit takes for what: a row per true collection, a column per opinion, darker the larger the share of the row. */
import type { Evaluation } from './evaluate.ts';
import { blue, drawing, escape } from './svg.ts';

const cell = 20;
const label = 200; // room for the titles, on the left and on top

/**
 * @param on the photos, for readers and screen readers
 * @param titles of the collections, in the order of the matrix
 */
export function confusionSvg(on: string, { confusion, photos }: Evaluation, titles: readonly string[]): string {
  const right = confusion.reduce((sum, row, truth) => sum + row[truth]!, 0);
  const size = label + cell * titles.length;
  const said = {
    title: `True collections and what the last exit took them for, on ${on}`,
    description: `${right} of ${photos} photos lie on the diagonal. A row per true collection, a column per opinion; the numbers are photos.`,
  };
  const at = (i: number): number => label + cell * i;
  const cells = confusion.flatMap((row, truth) => {
    const all = row.reduce((a, b) => a + b, 0);
    return row.flatMap((n, opinion) =>
      n === 0
        ? []
        : [
            `<rect x="${at(opinion)}" y="${at(truth)}" width="${cell}" height="${cell}" fill="${blue}" fill-opacity="${(0.08 + (0.3 * n) / all).toFixed(2)}"/><text x="${at(opinion) + cell / 2}" y="${at(truth) + 14}" text-anchor="middle">${n}</text>`,
          ],
    );
  });
  const names = titles.map(
    (title, i) =>
      `<text x="${label - 6}" y="${at(i) + 14}" text-anchor="end">${escape(title)}</text><text transform="translate(${at(i) + 14} ${label - 6}) rotate(-90)">${escape(title)}</text>`,
  );
  return drawing(
    { width: size, height: size },
    said,
    [
      `<g font-size="11"><text x="6" y="${label - 24}">down: what it is</text><text x="6" y="${label - 8}">across: taken for</text>`,
      ...cells,
      ...names,
      '</g>',
    ].join('\n'),
  );
}
