/** SECURITY.md says what holds each promise by naming tests: they must be there. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string): string => readFileSync(root + path, 'utf8');
const bundleTest = 'test/unit/build/bundle.test.ts';
const security = read('SECURITY.md');
const items = [...security.matchAll(/^(\d+)\. \*\*/gm)];

/** The test that a quotation names is in the file before it; where none is named, on the bundle. */
function namedTests(text: string): { file: string; name: string }[] {
  let file = bundleTest;
  return [...text.matchAll(/`(test\/[\w./-]+\.ts)`|\bbundle: |"([^"]+)"/g)].flatMap(([, path, name]) => {
    if (name !== undefined) return [{ file, name }];
    file = path ?? bundleTest;
    return [];
  });
}

describe('SECURITY.md', () => {
  it('answers all twenty items of the checklist', () => {
    expect(items.map(([, number]) => Number(number))).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('names only tests that there are', () => {
    const [checklist, attacks] = security.slice(security.indexOf("## Electron's checklist")).split('## The web host');
    const named = [checklist!.replace(/\n +/g, ' '), ...attacks!.split('\n')].flatMap(namedTests);
    expect(named.length).toBeGreaterThan(40);
    for (const { file, name } of named) {
      expect(existsSync(root + file), file).toBe(true);
      expect(read(file), `${file} has no test "${name}"`).toContain(`'${name}'`);
    }
  });
});
