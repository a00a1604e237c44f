/**
 * What the drawings of a card have in common: greys and one blue that are legible on a white and on a black page alike (contrast 4 : 1 or
 * more on both), on no ground of their own, with a title and a description for those who hear them.
 */
export const grey = '#767676';
export const blue = '#2f7fd8';

export function drawing(size: { width: number; height: number }, said: { title: string; description: string }, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13" fill="${grey}">
<title id="title">${escape(said.title)}</title>
<desc id="desc">${escape(said.description)}</desc>
${content}
</svg>
`;
}

export const round = (value: number): number => Math.round(value * 10) / 10;
export const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
