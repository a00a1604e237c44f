/**
 * What another site, another program of this computer or a page gone wrong may try on the web host. A real server on the loopback address,
 * spoken to byte by byte over sockets, for a browser's fetch would tidy what is sent. The engine behind it has the contract's own table in
 * front, so that what a request may hold is what it may hold in Squint. SECURITY.md lists these tests.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostRequests, requests } from '../../../../src-main/contract/requests.ts';
import { type Handlers, dispatcher } from '../../../../src-main/engine/service/dispatch.ts';
import { type Engine, doorOf } from '../../../../src-main/hosts/door.ts';
import { answersOf } from '../../../../src-main/hosts/web/answers.ts';
import { type WebHost, startWebHost } from '../../../../src-main/hosts/web/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'squint-attacks-'));
const page = join(folder, 'page');
const patienceMs = 400;

const handled: string[] = []; // requests that reached the engine's handlers
let media: () => { path: string; type: string };
const engine: Engine = {
  request: dispatcher(
    Object.fromEntries(
      Object.keys(requests).map((name) => [
        name,
        (): unknown => {
          handled.push(name);
          if (name === 'media.file') return media();
          if (name === 'library.counts') throw new Error(`ENOENT: ${folder}/secret, open`);
          return null;
        },
      ]),
    ) as unknown as Handlers,
    () => undefined,
  ),
};
let host: WebHost;
let port: number;
let token: string;
let cookie = '';

beforeAll(async () => {
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><html lang="en"><script type="module" src="./assets/a.js"></script></html>');
  writeFileSync(join(page, 'assets', 'a.js'), '1;');
  writeFileSync(join(folder, 'secret.js'), 'secret');
  writeFileSync(join(folder, 'thumb.webp'), 'webp');
  writeFileSync(join(folder, 'large.webp'), Buffer.alloc(32 * 1024 * 1024));
  writeFileSync(join(page, 'assets', 'large.js'), Buffer.alloc(4 * 1024 * 1024, ' '));
  host = await startWebHost({ page, engine, door: doorOf<'web'>(engine, answersOf(engine, '0')), patienceMs });
  const address = new URL(host.address);
  port = Number(address.port);
  token = address.hash.slice(1);
  cookie = /set-cookie: ([^;]+)/i.exec(await send('POST /session', { body: JSON.stringify({ token }) }))![1]!;
});
beforeEach(() => {
  handled.length = 0;
  media = () => ({ path: join(folder, 'thumb.webp'), type: 'image/webp' });
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

interface Sent {
  readonly headers?: Record<string, string | null>; // null: leave out what a page of Squint would send
  readonly body?: string;
}

/** What a page of Squint sends, with changes; connection closed after it. `line`: method and target. */
function bytesOf(line: string, { headers = {}, body }: Sent = {}): string {
  const usual = {
    Host: `127.0.0.1:${port}`,
    Origin: `http://127.0.0.1:${port}`,
    Connection: 'close',
    ...(cookie && { Cookie: cookie }),
    ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
  };
  const all = Object.entries<string | null>({ ...usual, ...headers }).filter(([, value]) => value !== null);
  return [`${line} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`), '', body ?? ''].join('\r\n');
}

/** @returns all that came until the server closed the connection */
async function all(socket: Socket): Promise<string> {
  let got = '';
  socket.on('data', (chunk) => (got += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('close', resolve));
  return got;
}

function open(bytes = ''): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(bytes);
  return socket;
}

const send = (line: string, sent?: Sent): Promise<string> => all(open(bytesOf(line, sent)));
const statusOf = (answer: string): number => Number(answer.split(' ')[1]);
const status = async (line: string, sent?: Sent): Promise<number> => statusOf(await send(line, sent));
const asking = (name: unknown, params: unknown = {}, headers: Sent['headers'] = {}): Promise<string> =>
  send('POST /request', { body: JSON.stringify({ name, params }), headers });
const problemOf = (answer: string): unknown => /^\{"ok":false,"problem":\{"code":"([\w-]+)"/m.exec(answer)?.[1];

/** One of each kind of request that a page makes. */
const kinds: readonly (readonly [line: string, sent: Sent])[] = [
  ['GET /', {}],
  ['POST /session', { body: '{}' }],
  ['POST /request', { body: '{"name":"library.state","params":{}}' }],
  ['GET /notices', {}],
  ['GET /media/thumb/1/thumb', {}],
  ['GET /assets/a.js', {}],
];

describe('without the token', () => {
  it('nothing is opened by a token in the address’s query, where logs and referrers would keep it', async () => {
    for (const line of [`GET /?token=${token}`, `GET /?${token}`, `POST /session?token=${token}`, `GET /notices?token=${token}`]) {
      const answer = await send(line, { headers: { Cookie: null }, ...(line.startsWith('POST') && { body: '{}' }) });
      expect(statusOf(answer)).toBe(401);
      expect(answer).not.toMatch(/set-cookie/i);
    }
    const header = { Cookie: null, Authorization: `Bearer ${token}` };
    expect(await status('POST /request', { body: '{"name":"library.state","params":{}}', headers: header })).toBe(401);
    expect(handled).toEqual([]);
  });

  it('the token itself is no cookie, nor is one of another port, nor a part of the right one', async () => {
    const [name, value] = cookie.split('=') as [string, string];
    for (const wrong of [`${name}=${token}`, `squint-1=${value}`, `${name}=`, `${name}=${value.slice(1)}`, `x${cookie}`, name]) {
      expect(statusOf(await asking('library.state', {}, { Cookie: wrong }))).toBe(401);
    }
    expect(statusOf(await asking('library.state', {}, { Cookie: `a=1; ${cookie}; b=2` }))).toBe(200);
  });
});

describe('another name for this computer', () => {
  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    'localhost:1',
    'localhost.evil.example:PORT',
    '127.0.0.1.evil.example:PORT',
    '127.0.0.1:PORT.evil.example',
    'squint@127.0.0.1:PORT',
    '[::1]:PORT',
    '0.0.0.0:PORT',
    '',
  ])('in the Host %s is refused, whatever is asked for', async (named) => {
    const Host = named.replace('PORT', String(port));
    for (const [line, sent] of kinds) {
      for (const Origin of [`http://${Host}`, `http://127.0.0.1:${port}`]) {
        const answer = await send(line, { ...sent, headers: { Host, Origin } });
        expect([400, 403]).toContain(statusOf(answer));
        expect(answer).not.toMatch(/set-cookie|<html/i);
      }
    }
    expect(handled).toEqual([]);
  });

  it('is not believed in the request’s first line, and a request without a Host is none', async () => {
    expect(await status('GET http://evil.example/')).not.toBe(200);
    expect(await status('GET /', { headers: { Host: null } })).toBe(400);
  });
});

describe('another site', () => {
  it.each([
    'http://evil.example',
    'null',
    'http://127.0.0.1:1',
    'http://127.0.0.1',
    'https://127.0.0.1:PORT',
    'http://localhost:PORT',
    'file://',
  ])('of origin %s is refused even with the cookie, in requests, notices and pictures, and holds no connection', async (named) => {
    for (const [line, sent] of kinds) {
      const answer = await all(
        open(bytesOf(line, { ...sent, headers: { Origin: named.replace('PORT', String(port)), Connection: 'keep-alive' } })),
      );
      expect(statusOf(answer)).toBe(403);
      expect(answer).not.toMatch(/set-cookie|access-control/i);
    }
    expect(handled).toEqual([]);
  });

  it.each(['cross-site', 'same-site', 'anything'])('that the browser calls %s is refused, with an origin or without', async (site) => {
    for (const Origin of [`http://127.0.0.1:${port}`, null]) {
      for (const [line, sent] of kinds) {
        expect(await status(line, { ...sent, headers: { Origin, 'Sec-Fetch-Site': site } })).toBe(403);
      }
    }
    expect(handled).toEqual([]);
  });

  it('that does not say what it is changes nothing', async () => {
    for (const [line, sent] of kinds.filter(([kind]) => kind.startsWith('POST'))) {
      expect(await status(line, { ...sent, headers: { Origin: null } })).toBe(403);
    }
    expect(handled).toEqual([]);
  });

  it('is told by every answer to keep out, and to guess no types; what is private is not stored', async () => {
    const seen = new Set<number>();
    const foreign: Sent = { headers: { Origin: 'http://evil.example' } };
    const tried = [
      ...kinds,
      ['GET /nothing', {}] as const,
      ['GET /', foreign] as const,
      ['GET /notices', { headers: { Cookie: null } }] as const,
    ];
    for (const [line, sent] of tried.filter(([kind, { headers }]) => kind !== 'GET /notices' || headers)) {
      const answer = await send(line, sent);
      seen.add(statusOf(answer));
      expect(answer).toMatch(/^content-security-policy: default-src 'none';.*frame-ancestors 'none'/im);
      expect(answer).toMatch(/^x-content-type-options: nosniff/im);
      expect(answer).toMatch(/^referrer-policy: no-referrer/im);
      expect(answer).toMatch(/^cross-origin-resource-policy: same-origin/im);
      expect(answer).not.toMatch(/^access-control/im);
      const kept = line === 'GET /media/thumb/1/thumb' ? /^cache-control: private/im : /^cache-control: no-(store|cache)/im;
      expect(answer).toMatch(kept);
    }
    expect([...seen].sort()).toEqual([200, 401, 403, 404]);
  });
});

describe('another method', () => {
  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])('%s asks nothing of the engine', async (method) => {
    const body = '{"name":"library.state","params":{}}';
    for (const path of ['/request', '/request?name=library.state&params={}', '/session']) {
      const answer = await send(`${method} ${path}`, { body, headers: { 'X-Marked': 'marked' } });
      expect(statusOf(answer)).toBeGreaterThanOrEqual(400);
      expect(answer).not.toMatch(/access-control|set-cookie|marked/i); // TRACE would give back what was sent
    }
    expect(handled).toEqual([]);
  });

  it('POST opens no page, notices or pictures', async () => {
    for (const path of ['/', '/notices', '/media/thumb/1/thumb', '/assets/a.js']) expect(await status(`POST ${path}`)).toBe(404);
    expect(handled).toEqual([]);
  });

  it('a preflight of another site gets no leave', async () => {
    const headers = {
      Origin: 'http://evil.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Private-Network': 'true',
    };
    const answer = await send('OPTIONS /request', { headers });
    expect(statusOf(answer)).toBe(403);
    expect(answer).not.toMatch(/access-control/i);
  });

  it('neither a tunnel nor another protocol is opened', async () => {
    expect(await send(`CONNECT 127.0.0.1:${port}`)).not.toMatch(/^HTTP\/1.1 [12]/);
    const upgrade = {
      Connection: 'Upgrade, close',
      Upgrade: 'websocket',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'Sec-WebSocket-Version': '13',
    };
    expect(await send('GET /notices', { headers: { ...upgrade, Origin: 'http://evil.example' } })).toMatch(/^HTTP\/1.1 403/);
    expect(await send('GET /nothing', { headers: upgrade })).toMatch(/^HTTP\/1.1 404/);
  });
});

describe('a way out of the folder', () => {
  const outside = [
    '../secret.js',
    '..%2fsecret.js',
    '%2e%2e/secret.js',
    '%2e%2e%2fsecret.js',
    '%252e%252e%252fsecret.js',
    '..\\secret.js',
    '..%5csecret.js',
    '....//secret.js',
    './../secret.js',
    '.%00./secret.js',
    '..;/secret.js',
    '%c0%ae%c0%ae/secret.js',
    '//secret.js',
    'assets/../../secret.js',
    'assets/a.js/../../../secret.js',
    'assets/a.js%00.png',
    'a\0.js',
    '%00',
    'C:/secret.js',
    'file:///etc/passwd',
    `${'a'.repeat(5000)}.js`,
    `${'a/'.repeat(5000)}a.js`,
  ];

  it.each(outside)('does not lead from the page: %j', async (path) => {
    for (const Cookie of [cookie, null]) {
      const answer = await send(`GET /${path}`, { headers: { Cookie } });
      expect([400, 401, 404]).toContain(statusOf(answer));
      expect(answer).not.toContain('secret');
    }
    expect(await status(`GET ${folder}/secret.js`)).toBe(404);
  });

  it.each([
    ...outside,
    '1',
    '1/thumb/..',
    '1/thumb/../../secret.js',
    '01/thumb',
    '1.0/thumb',
    '-1/thumb',
    '0/thumb',
    '1e3/thumb',
    `${'9'.repeat(16)}/thumb`,
  ])('does not lead from the pictures: %j', async (path) => {
    for (const kind of ['thumb', 'loupe', 'full', 'picture', '__proto__', '..']) {
      if (kind === 'full' && path === '1') continue; // a photo
      const answer = await send(`GET /media/${kind}/${path}`);
      expect([400, 404]).toContain(statusOf(answer));
      expect(answer).not.toContain('secret');
    }
    expect(handled).toEqual([]);
  });

  it('longer than any header is refused', async () => {
    expect(await status(`GET /media/thumb/${'1'.repeat(20_000)}/thumb`)).toBe(431);
    expect(await status('GET /', { headers: { 'X-Long': 'a'.repeat(20_000) } })).toBe(431);
  });
});

describe('a request', () => {
  const hostsOwn = Object.entries(requests).flatMap(([name, { from }]) => (from === 'host' ? [name] : []));

  it('that only a host may make is refused a page, each of the contract’s table', async () => {
    expect(hostsOwn).toEqual(expect.arrayContaining(['roots.add', 'roots.path', 'photos.path', 'photos.csv', 'log.path', 'media.file']));
    for (const name of hostsOwn) {
      for (const params of [{}, { path: folder }, { paths: [folder] }, { id: 1 }, { root: 1 }, { kind: 'full', id: 1 }]) {
        expect(problemOf(await asking(name, params))).toBe('not-for-views');
      }
    }
    expect(handled).toEqual([]);
  });

  it('that another host answers is unknown here, each of the table', async () => {
    const elsewhere = Object.entries(hostRequests).flatMap(([name, { in: hosts }]) =>
      (hosts as readonly string[]).includes('web') ? [] : [name],
    );
    expect(elsewhere).not.toEqual([]);
    for (const name of elsewhere) expect(problemOf(await asking(name))).toBe('unknown-request');
  });

  it.each([
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'valueOf',
    '',
    'Library.state',
    'library.state ',
    'host.',
  ])('named %j is unknown', async (name) => {
    expect(problemOf(await asking(name))).toBe('unknown-request');
    expect(handled).toEqual([]);
  });

  it.each([[7], [null], [['library.state']], [{ toString: 'x' }]])('named %j is none', async (name) => {
    expect(problemOf(await asking(name))).toBe('bad-request');
  });

  it.each(['', '[]', 'null', '7', '{', '"library.state"', '\0', '{"name":"library.state"', '\ufeff{}'])(
    'of the body %j is none',
    async (body) => {
      expect(await status('POST /request', { body })).toBe(400);
      expect(handled).toEqual([]);
    },
  );

  it.each(['-1', '0', '1.5', '1e309', '-1e309', '9007199254740992', '1e300', 'null', '"1"', '"NaN"', '"../1"', 'true', '[1]', '{}'])(
    'for the id %s is refused before the engine looks',
    async (id) => {
      const body = (name: string, params: string): Sent => ({ body: `{"name":"${name}","params":${params}}` });
      const tried = [
        body('roots.remove', `{"root":${id}}`),
        body('photos.inspect', `{"id":${id}}`),
        body('photos.rows', `{"ids":[1,${id}]}`),
        body('decisions.confirm', `{"ids":[${id}]}`),
        body('host.addFolder', `{"folder":${id}}`),
        ...(id === 'null' ? [] : [body('host.folders', `{"folder":${id}}`)]), // null: where it begins
      ];
      for (const sent of tried) expect(problemOf(await send('POST /request', sent))).toBe('bad-request');
      expect(handled).toEqual([]);
    },
  );

  it('with keys that it does not have is refused, those of objects too', async () => {
    for (const params of ['{"path":"/etc"}', '{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}']) {
      expect(problemOf(await send('POST /request', { body: `{"name":"library.state","params":${params}}` }))).toBe('bad-request');
    }
    expect('admin' in {}).toBe(false);
    expect(handled).toEqual([]);
  });

  it('nested a hundred thousand deep is refused', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(problemOf(await send('POST /request', { body: `{"name":"library.state","params":${deep}}` }))).toBe('bad-request');
  });

  it('that fails inside tells neither a path nor a stack', async () => {
    const answer = await asking('library.counts');
    expect(problemOf(answer)).toBe('internal');
    expect(answer).not.toMatch(/ENOENT|squint-attacks|\bat .*:\d+|\.ts/);
    media = () => ({ path: join(folder, 'not there'), type: 'image/webp' });
    const picture = await send('GET /media/full/1');
    expect(statusOf(picture)).toBe(404);
    expect(picture).toMatch(/\r\n\r\n0\r\n\r\n$/); // no body
  });
});

describe('a body', () => {
  const head = (...headers: string[]): string => bytesOf('POST /request').replace(/\r\n\r\n$/, `\r\n${[...headers, '', ''].join('\r\n')}`);
  const mega = 'x'.repeat(1024 * 1024);

  it('that says it is too long is refused before it is sent', async () => {
    expect(statusOf(await all(open(head(`Content-Length: ${2 ** 20 + 1}`))))).toBe(413);
    expect(statusOf(await all(open(head('Content-Length: 99999999999'))))).toBe(413);
  });

  it('that becomes too long is refused where it does, though it never ends', async () => {
    const socket = open(`${head('Transfer-Encoding: chunked')}${mega.length.toString(16)}\r\n${mega}\r\n10\r\n0123456789abcdef\r\n`);
    expect(statusOf(await all(socket))).toBe(413);
  });

  it.each([
    [['Content-Length: 2', 'Transfer-Encoding: chunked']],
    [['Content-Length: 2', 'Content-Length: 3']],
    [['Content-Length: -1']],
    [['Content-Length: 1e3']],
    [['Content-Length: 0x10']],
    [['Transfer-Encoding: chunked, identity']],
    [['Transfer-Encoding: gzip']],
  ])('of two lengths, or of none that can be, is refused: %j', async (headers) => {
    expect(statusOf(await all(open(`${head(...headers)}{}`)))).toBeGreaterThanOrEqual(400);
    expect(handled).toEqual([]);
  });
});

describe('a slow client', () => {
  const served = async (): Promise<void> =>
    expect(await status('POST /request', { body: '{"name":"library.state","params":{}}' })).toBe(200);

  it.each([
    ['says nothing', ''],
    ['does not end its first line', 'GET / HT'],
    ['does not end its headers', 'GET / HTTP/1.1\r\nHost: a\r\n'],
  ])('that %s is cut off, and others are served meanwhile', async (_, bytes) => {
    const slow = Array.from({ length: 40 }, () => all(open(bytes)));
    await served();
    for (const answer of await Promise.all(slow)) expect(answer).not.toMatch(/^HTTP\/1.1 2/);
  });

  it('that sends a header or a byte of its body now and then is cut off as well', async () => {
    for (const [begin, drip] of [
      ['GET / HTTP/1.1\r\n', 'X-A: b\r\n'],
      [bytesOf('POST /request', { headers: { 'Content-Length': '1000' } }), ' '],
      [bytesOf('POST /session', { headers: { 'Content-Length': '1000', Cookie: null } }), ' '],
    ] as const) {
      const socket = open(begin);
      const dripping = setInterval(() => socket.write(drip), patienceMs / 8);
      const answer = all(socket);
      await served();
      expect(await answer).toMatch(/^HTTP\/1.1 408|^$/);
      clearInterval(dripping);
    }
    expect(handled.filter((name) => name !== 'library.state')).toEqual([]);
  });

  it('that does not take the picture it asked for is cut off', async () => {
    media = () => ({ path: join(folder, 'large.webp'), type: 'image/webp' });
    const socket = open(bytesOf('GET /media/full/1'));
    socket.pause();
    await after(4 * patienceMs);
    let got = 0;
    socket.on('data', (chunk) => (got += chunk.length)).resume();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(got).toBeLessThan(32 * 1024 * 1024);
  });

  it('that asks for page after page and takes none is cut off', async () => {
    const asked = 20; // more than the system keeps on the way
    const socket = open(bytesOf('GET /assets/large.js', { headers: { Connection: 'keep-alive', Cookie: null } }).repeat(asked));
    socket.pause();
    await after(4 * patienceMs);
    const answer = all(socket.resume());
    expect((await answer).split('HTTP/1.1 200').length).toBeLessThan(asked);
    await served();
  });

  it('that listens to notices and to which nothing is told stays, for as long as it is there', async () => {
    const socket = open(bytesOf('GET /notices', { headers: { Origin: null } }));
    let got = '';
    socket.on('data', (chunk) => (got += chunk.toString()));
    await after(4 * patienceMs);
    host.tell({ type: 'changed' });
    while (!got.includes('"changed"')) await after(10);
    socket.destroy();
  });

  it('that waits for the engine stays, however long that takes', async () => {
    const slow = await startWebHost({ page, engine, door: () => after(4 * patienceMs, { ok: true, value: null }), patienceMs });
    try {
      const base = slow.address.replace(/\/#.*/, '');
      const opened = await fetch(`${base}/session`, {
        method: 'POST',
        headers: { origin: base },
        body: JSON.stringify({ token: slow.address.replace(/.*#/, '') }),
      });
      const headers = { origin: base, cookie: opened.headers.get('set-cookie')!.split(';')[0]! };
      const answer = await fetch(`${base}/request`, { method: 'POST', headers, body: '{"name":"a"}' });
      expect(answer.status).toBe(200);
    } finally {
      await slow.close();
    }
  });

  it('that sent all and closed its half gets its answer; one that closed before it sent all gets none', async () => {
    const whole = open();
    whole.end(bytesOf('POST /request', { body: '{"name":"library.state","params":{}}', headers: { Connection: 'keep-alive' } }));
    expect(statusOf(await all(whole))).toBe(200);
    const half = open();
    half.end(bytesOf('POST /request', { headers: { 'Content-Length': '1000' } }));
    expect(await all(half)).not.toMatch(/^HTTP\/1.1 2/);
    expect(handled).toEqual(['library.state']);
  });
});

describe('a crowd', () => {
  it('of connections is bounded, and once some are gone others are served', async () => {
    const patient = await startWebHost({ page, engine, door: doorOf<'web'>(engine, answersOf(engine, '0')), patienceMs: 600_000 });
    const base = new URL(patient.address).origin;
    const sockets = Array.from({ length: 300 }, () => connect(Number(new URL(base).port), '127.0.0.1').on('error', () => undefined));
    const held = new Set(sockets);
    for (const socket of sockets) socket.on('close', () => held.delete(socket));
    while (held.size > 200) await after(5);
    for (const socket of [...held].slice(0, 10)) socket.destroy();
    while ((await fetch(base).catch(() => null))?.status !== 200) await after(5);
    expect(held.size).toBe(190);
    await patient.close();
    while (held.size > 0) await after(5);
  });
});
