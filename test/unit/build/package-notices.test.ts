import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundledIn, noticeOf } from '../../../build/package/notices.ts';

const modules = fileURLToPath(new URL('../../../node_modules/', import.meta.url));

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'squint-notices-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const write = (file: string, content: unknown): void => writeFileSync(join(folder, file), JSON.stringify(content));

describe('licence notices', () => {
  it('take the text that a package brings', () => {
    expect(noticeOf(join(modules, 'libheif-js'))).toMatchObject({ name: 'libheif-js', licence: 'LGPL-3.0' });
    expect(noticeOf(join(modules, 'libheif-js')).text).toMatch(/GNU LESSER GENERAL PUBLIC LICENSE/);
  });

  it('put the standard text where a package only names its licence, with its author', () => {
    write('package.json', { name: 'bare', version: '1.0.0', license: 'MIT', author: { name: 'Ada' } });
    expect(noticeOf(folder).text).toMatch(/^Copyright Ada\n\nPermission is hereby granted/);
  });

  it('stop the packaging where a licence is not known', () => {
    write('package.json', { name: 'strange', version: '1.0.0', license: 'CC-BY-ND' });
    expect(() => noticeOf(folder)).toThrow(
      'strange 1.0.0 brings no licence text and names "CC-BY-ND", of which build/package/licences has none: add it.',
    );
  });

  it('stop the packaging where something bundled has no licence', () => {
    write('licences.json', [{ name: 'strange', version: '1.0.0' }]);
    expect(() => bundledIn(join(folder, 'licences.json'))).toThrow('strange 1.0.0 is in a bundle and brings no licence text');
  });
});
