import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../../../src-main/contract/bridge.ts';
import { respondFrom } from '../../../../src-main/hosts/electron/page.ts';

let folder = '';
let respond: (request: Request) => Promise<Response>;
const asked: unknown[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'squint-page-'));
  mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'page', 'assets', 'a-1_b.js'), '1');
  writeFileSync(join(folder, 'page', 'notes.txt'), 'x');
  writeFileSync(join(folder, 'secret.html'), 'secret');
  writeFileSync(join(folder, '7.webp'), 'webp');
  respond = respondFrom(join(folder, 'page'), {
    request: (from, name, params): Promise<Reply<unknown>> => {
      asked.push([from, name, params]);
      const { id } = params as { id: number };
      if (id === 7) return Promise.resolve({ ok: true, value: { path: join(folder, '7.webp'), type: 'image/webp' } });
      if (id === 8) return Promise.resolve({ ok: true, value: { path: join(folder, 'gone.webp'), type: 'image/webp' } });
      return Promise.resolve({ ok: false, problem: { code: 'unknown', message: 'No such photo.' } });
    },
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const get = (url: string, method = 'GET'): Promise<Response> => respond(new Request(url, { method }));

describe('the page', () => {
  it('comes with the policy that lets nothing in but its own', async () => {
    const { status, headers } = await get('squint://app/index.html');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' squint:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect((await get('squint://app/assets/a-1_b.js')).headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  it.each([
    'squint://app/',
    'squint://app/../secret.html',
    'squint://app/%2e%2e/secret.html',
    'squint://app/..%2fsecret.html',
    'squint://app/assets/..%5c..%5csecret.html',
    'squint://app//etc/passwd',
    'squint://app/missing.html',
    'squint://app/assets',
    'squint://app/notes.txt',
    'squint://elsewhere/index.html',
  ])('has nothing at %s', async (url) => {
    expect((await get(url)).status).toBe(404);
  });
});

describe('a picture', () => {
  it('is the file that the engine names, of the type that it names, kept as long as its address', async () => {
    asked.length = 0;
    const response = await get('squint://thumb/7/thumb?v=1');
    expect([response.status, await response.text()]).toEqual([200, 'webp']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-length': '4',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect(asked).toEqual([['host', 'media.file', { kind: 'thumb', id: 7, level: 'thumb' }]]);
  });

  it.each(['squint://thumb/8/thumb?v=1', 'squint://thumb/9/thumb?v=1', 'squint://thumb/7/huge'])(
    'that cannot be had is not found: %s',
    async (url) => {
      expect((await get(url)).status).toBe(404);
    },
  );

  it('is only looked at', async () => {
    expect((await get('squint://thumb/7/thumb', 'POST')).status).toBe(404);
  });
});
