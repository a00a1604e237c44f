import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reply } from '../../../../src-main/contract/bridge.ts';
import { type Engine, doorOf } from '../../../../src-main/hosts/door.ts';
import { answersOf } from '../../../../src-main/hosts/web/answers.ts';
import { type WebHost, startWebHost } from '../../../../src-main/hosts/web/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'squint-web-'));
const page = join(folder, 'page');
const asked: { from: string; name: string; params: unknown }[] = [];
const engine: Engine = {
  request: (from, name, params): Promise<Reply<unknown>> => {
    asked.push({ from, name, params });
    if (name === 'media.file') return Promise.resolve({ ok: true, value: { path: join(folder, 'thumb.webp'), type: 'image/webp' } });
    if (name === 'roots.add') return Promise.resolve({ ok: true, value: { root: 1, notes: [] } });
    return Promise.resolve({ ok: true, value: { name } });
  },
};
let host: WebHost;
let base: string;
let token: string;
let cookie: string;

beforeAll(async () => {
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><html lang="en"><script type="module" src="./assets/a.js"></script></html>');
  writeFileSync(join(page, 'assets', 'a.js'), '1;');
  writeFileSync(join(folder, 'thumb.webp'), 'webp');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  host = await startWebHost({ page, engine, door: doorOf<'web'>(engine, answersOf(engine, '0')), patienceMs: 500 });
  [base, token] = host.address.split('/#') as [string, string];
  const opened = await post('/session', { token });
  cookie = opened.headers.get('set-cookie')!.split(';')[0]!;
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(base + path, { method: 'POST', headers: { origin: base, ...headers }, body: JSON.stringify(body) });
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(base + path, { headers });
const ask = (name: string, params: unknown): Promise<Response> => post('/request', { name, params }, { cookie });

describe('the web host', () => {
  it('listens on the loopback address and serves the page with its bridge in front, under a strict policy', async () => {
    expect(base).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const answer = await get('/');
    expect(await answer.text()).toMatch(/web-bridge\.js.*assets\/a\.js/s);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await (await get('/assets/a.js')).text()).toBe('1;');
  });

  it('trades the token for a cookie that no other site sends and no script reads', async () => {
    const answer = await post('/session', { token });
    expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
  });

  it.each([[{ token: 'guess' }], [{}], [null], [{ token: 7 }]])('gives no cookie for %j', async (body) => {
    const answer = await post('/session', body);
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null]);
  });

  it('answers nobody without the cookie, and says what to do', async () => {
    asked.length = 0;
    for (const headers of [{}, { cookie: 'squint=1' }, { cookie: cookie.replace(/.$/, '') }] as Record<string, string>[]) {
      const answer = await post('/request', { name: 'library.state', params: {} }, headers);
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject({
        problem: { code: 'no-session', hint: 'Open the address that Squint printed when it started.' },
      });
      expect((await get('/notices', headers)).status).toBe(401);
      expect((await get('/media/thumb/1/thumb', headers)).status).toBe(401);
    }
    expect(asked).toEqual([]);
  });

  it('passes requests on as a page’s word, and the engine’s answers back', async () => {
    asked.length = 0;
    expect(await (await ask('photos.count', { filter: {} })).json()).toEqual({ ok: true, value: { name: 'photos.count' } });
    expect(asked).toEqual([{ from: 'view', name: 'photos.count', params: { filter: {} } }]);
  });

  it('refuses another Host, as of a site whose name was made to lead here', async () => {
    const status = await new Promise((resolve, reject) => {
      httpRequest(`${base}/`, { headers: { host: 'evil.example' } }, (answer) => resolve(answer.statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });

  it.each([{ origin: 'http://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    'refuses a request from %j even with the cookie',
    async (headers) => {
      asked.length = 0;
      const answer = await post('/request', { name: 'library.state', params: {} }, { cookie, ...(headers as Record<string, string>) });
      expect(answer.status).toBe(403);
      expect(asked).toEqual([]);
    },
  );

  it('refuses a request that does not say where it comes from', async () => {
    const answer = await fetch(`${base}/request`, { method: 'POST', headers: { cookie }, body: '{}' });
    expect(answer.status).toBe(403);
  });

  it('lets other sites read nothing', async () => {
    const answer = await get('/', {});
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect((await fetch(`${base}/request`, { method: 'OPTIONS', headers: { origin: 'http://evil.example' } })).status).toBe(403);
  });

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '//secret.js',
    '/.git',
    '/assets',
  ])('serves nothing outside the page: %s', async (path) => {
    const status = await rawStatus(`GET ${path} HTTP/1.1`, [`Cookie: ${cookie}`]);
    expect(status).toBe(404);
  });

  it('serves pictures by id only', async () => {
    asked.length = 0;
    const answer = await get('/media/thumb/7/thumb?v=1', { cookie });
    expect([await answer.text(), answer.headers.get('content-type')]).toEqual(['webp', 'image/webp']);
    expect(asked).toEqual([{ from: 'host', name: 'media.file', params: { kind: 'thumb', id: 7, level: 'thumb' } }]);
    for (const path of ['/media/thumb/../../secret.js', '/media/file//etc/passwd', '/media/thumb/0/thumb', '/media/thumb/1/..']) {
      expect(await rawStatus(`GET ${path} HTTP/1.1`, [`Cookie: ${cookie}`])).toBe(404);
    }
    expect(asked).toHaveLength(1);
  });

  it('refuses a body of more than a megabyte', async () => {
    const answer = await ask('photos.rows', { ids: 'x'.repeat(1024 * 1024) }).then(
      ({ status }) => status,
      () => 'cut off',
    );
    expect([413, 'cut off']).toContain(answer);
  });

  it('cuts off a client that sends its request too slowly', async () => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write(`POST /request HTTP/1.1\r\nHost: ${base.slice('http://'.length)}\r\n`);
    const [error] = (await once(socket.resume(), 'close')) as [boolean];
    expect(error).toBe(false);
  });

  it('tells notices to pages that listen, in order', async () => {
    const answer = await get('/notices', { cookie });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader.read()).value).toBe(':\n\n');
    host.tell({ type: 'changed' });
    host.tell({ type: 'added', ids: [1, 2] });
    let got = '';
    while (!got.includes('"added"')) got += (await reader.read()).value ?? '';
    expect(got).toBe('data: {"type":"changed"}\n\ndata: {"type":"added","ids":[1,2]}\n\n');
    await reader.cancel();
  });

  it('lets people add a folder that its picker showed, and no other', async () => {
    mkdirSync(join(folder, 'home', 'Iceland'), { recursive: true });
    mkdirSync(join(folder, 'home', '.hidden'));
    writeFileSync(join(folder, 'home', 'a.jpg'), '');
    const before = process.env.HOME;
    process.env.HOME = join(folder, 'home');
    try {
      const shown = (await (await ask('host.folders', { folder: null })).json()) as {
        value: { folder: number; photos: number; folders: { folder: number; name: string }[] };
      };
      expect(shown.value.folders.map(({ name }) => name)).toEqual(['Iceland']);
      expect(shown.value.photos).toBe(1);
      asked.length = 0;
      await ask('host.addFolder', { folder: shown.value.folders[0]!.folder });
      expect(asked).toEqual([{ from: 'host', name: 'roots.add', params: { paths: [join(folder, 'home', 'Iceland')] } }]);
      await ask('host.addFolder', { folder: shown.value.folder });
      expect(asked.at(-1)?.params).toEqual({ paths: [join(folder, 'home')] });
      expect(await (await ask('host.addFolder', { folder: 999 })).json()).toMatchObject({ problem: { code: 'no-such-folder' } });
    } finally {
      process.env.HOME = before;
    }
  });

  it('says what to do where the page was not built', async () => {
    await expect(startWebHost({ page: join(folder, 'nothing'), engine, door: () => Promise.reject(new Error()) })).rejects.toMatchObject({
      code: 'page-not-built',
      hint: 'In a checkout, `npm start` builds it. An installed Squint has a window of its own.',
    });
  });
});

/** As it stands: fetch would tidy the path first. */
async function rawStatus(line: string, headers: readonly string[]): Promise<number> {
  const socket = connect(Number(new URL(base).port), '127.0.0.1');
  socket.write([line, `Host: ${base.slice('http://'.length)}`, 'Connection: close', ...headers, '', ''].join('\r\n'));
  let got = '';
  for await (const chunk of socket) got += String(chunk);
  return Number(got.split(' ')[1]);
}
