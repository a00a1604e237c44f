/** README.md of a pack, its card: what it is, what it looks at, what it was measured on, and whose it is. */
import type { ManifestDraft } from './manifest.ts';

/** A file of the pack: Markdown that people wrote for its card. */
export const aboutFile = 'about.md';

/**
 * Markdown.
 *
 * @param about what people wrote of the pack; may be empty
 * @param figures how right the pack is on photos that it was not fitted on (figuresOf); empty where nobody measured it
 */
export function card(manifest: ManifestDraft, about: string, figures: string): string {
  const { title, version, collections, licence, source } = manifest;
  return `# ${title}

Version ${version}. Sorts photos into ${collections.length} collections: ${collections.map((collection) => collection.title).join('; ')}.

${[about.trim(), networksOf(manifest), measuredOf(manifest), figures.trim()].filter(Boolean).join('\n\n')}

Source: ${source}. Licence: ${licence}.

\`pack.json\` describes the pack and holds the SHA-256 of every other file; a changed file makes the pack unusable.
`;
}

function networksOf({ networks }: ManifestDraft): string {
  let exit = 0;
  let macs = 0;
  const rows = networks.flatMap(({ side, kind, classes, exits }, i) => {
    const before = macs;
    return exits.map((own) => {
      macs = before + own.macs;
      return `| ${++exit} | ${i + 1} (${kind}) | ${side} x ${side} | ${classes.length} | ${(macs / 1e6).toFixed(1)} |`;
    });
  });
  return ['| exit | network | picture | classes | million MACs up to here |', '| --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function measuredOf({ calibration, curve = [] }: ManifestDraft): string {
  if (calibration === undefined) return 'Not calibrated: it runs only under `full`, and its confidences are the raw ones of the network.';
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const rows = curve.flatMap(({ preset, accuracy, low, high, macs, milliseconds: { network, read } }) =>
    preset === undefined
      ? []
      : [
          `| ${preset} | ${percent(accuracy)} (${percent(low)} to ${percent(high)}) | ${(macs / 1e6).toFixed(1)} | ${network.toFixed(2)} | ${read.toFixed(2)} |`,
        ],
  );
  const { name, split, half, photos, margins } = calibration;
  const of = [name, split, half].filter((part) => part !== null).join(', ');
  return [
    `Calibrated on ${photos} photos (${of}). On these same photos, so on new ones expect less:`,
    '',
    '| preset | right collection | million MACs | ms network | ms reading |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    ...(margins ? ['', `Thresholds are raised for photos of other sources, by these margins in log-odds: ${marginsText(margins)}.`] : []),
    '',
    '![Accuracy against cost](curve.svg)',
  ].join('\n');
}

const marginsText = (margins: readonly number[]): string => margins.map((margin, i) => `${margin} at network ${i + 1}`).join(', ');

/** Where each section of figures begins (figuresOf). */
const heading = /^## On (.*) \(\d+ photos\)$/m;

/**
 * The figures that a card has, with one section more: in the place of the one on the same photos, else behind them.
 *
 * @param card README.md of a pack
 * @param section as figuresOf writes it
 */
export function withFigures(card: string, section: string): string {
  const begin = card.search(heading);
  const end = card.lastIndexOf('\n\nSource: ');
  const sections = begin === -1 ? [] : card.slice(begin, end).split(/\n\n(?=## On )/);
  const photosOf = (text: string): string | undefined => heading.exec(text)?.[1];
  const others = sections.filter((other) => photosOf(other) !== photosOf(section));
  const at = sections.findIndex((other) => photosOf(other) === photosOf(section));
  others.splice(at === -1 ? others.length : at, 0, section.trim());
  return others.join('\n\n');
}
