/**
 * The web host: Squint in a browser of this computer, where Electron cannot run, and the test bed of the door. It serves the same page over
 * the same contract on the loopback address, to whoever has the token.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Reply } from '../../contract/bridge.ts';
import { FileError, SquintError } from '../../contract/errors.ts';
import type { Notice } from '../../contract/notices.ts';
import { type Door, type Engine, ask } from '../door.ts';
import { mediaAt } from '../media-address.ts';
import { isPageFile, pageFile, policyWith } from '../page-files.ts';
import { bodyOf } from './body.ts';
import { type Access, cookieName, hasSession, isToken, refusalOf } from './guard.ts';
import { Notices } from './notices.ts';

export interface WebHost {
  readonly address: string; // with the token
  tell(notice: Notice): void;
  close(): Promise<void>;
}

export interface WebHostOptions {
  readonly page: string; // folder of the page's files, as they were built
  readonly engine: Engine;
  readonly door: Door;
  readonly patienceMs?: number; // for a request to be sent, and for an answer to be taken
}

/** Browsers open six a tab to one host, and one for notices; what comes beyond is closed unheard. */
const mostConnections = 200;
const policy = policyWith("img-src 'self'", "connect-src 'self'");

/** @throws {FileError} `page-not-built` */
export async function startWebHost({ page, engine, door, patienceMs = 10_000 }: WebHostOptions): Promise<WebHost> {
  const index = await readIndex(page);
  const notices = new Notices();
  const server = createServer({ requestTimeout: patienceMs, headersTimeout: patienceMs, connectionsCheckingInterval: patienceMs });
  server.maxConnections = mostConnections;
  server.timeout = patienceMs; // of a connection on which nothing moves
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const access: Access = {
    port: portOf(server),
    token: randomBytes(24).toString('base64url'),
    session: randomBytes(24).toString('base64url'),
  };

  server.on('request', (request, response) => {
    response.setHeader('content-security-policy', policy);
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    response.setHeader('cross-origin-resource-policy', 'same-origin'); // another site cannot even show what it cannot read
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cache-control', 'no-store'); // whoever may be kept says so
    respond(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof SquintError && error.code === 'body-too-large') response.writeHead(413, { connection: 'close' }).end();
      else response.writeHead(404).end(); // gone, unknown, or not to be made
    });
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, access);
    if (refusal) {
      // The connection as well: no other site holds one of the few.
      response.writeHead(refusal.status, { 'content-type': 'text/plain', connection: 'close' }).end(refusal.message);
      return;
    }
    const url = request.url ?? '/';
    switch (`${request.method ?? ''} ${url}`) {
      case 'GET /':
        return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(index);
      case 'POST /session':
        return openSession(request, response);
    }
    if (request.method === 'GET' && isPageFile(url)) {
      const file = await pageFile(page, url);
      if (file === null) response.writeHead(404).end();
      else response.writeHead(200, file.headers).end(file.body);
      return;
    }
    if (!hasSession(request, access)) {
      json(response, 401, noSession);
      return;
    }
    response.setTimeout(0); // the engine takes its time, and notices come when there are any
    if (request.method === 'POST' && url === '/request') return answer(request, response);
    if (request.method === 'GET' && url === '/notices') {
      notices.add(response);
      return;
    }
    if (request.method === 'GET' && url.startsWith('/media/')) return picture(url, response);
    response.writeHead(404).end();
  }

  async function openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (!isObject(body) || !isToken(body.token, access)) {
      json(response, 401, noSession);
      return;
    }
    response.setHeader('set-cookie', `${cookieName(access.port)}=${access.session}; HttpOnly; SameSite=Strict; Path=/`);
    json(response, 200, { ok: true, value: null });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (!isObject(body) || typeof body.name !== 'string') {
      json(response, 400, { ok: false, problem: { code: 'bad-request', message: 'Expected a request with its name.' } });
      return;
    }
    const reply = await door(body.name, body.params);
    response.setTimeout(patienceMs);
    json(response, 200, reply);
  }

  async function picture(url: string, response: ServerResponse): Promise<void> {
    const media = mediaAt(`squint://${url.slice('/media/'.length)}`);
    if (media === null) return void response.writeHead(404).end();
    const { path, type } = await ask(engine, 'media.file', media);
    const { size } = await stat(path);
    response.setTimeout(patienceMs);
    response.writeHead(200, { 'content-type': type, 'content-length': size, 'cache-control': 'private, max-age=31536000, immutable' });
    await pipeline(createReadStream(path), response);
  }

  return {
    address: `http://127.0.0.1:${access.port}/#${access.token}`,
    tell: (notice) => notices.tell(notice),
    close: async () => {
      notices.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The page with this host's bridge in front of its own script. */
async function readIndex(page: string): Promise<string> {
  try {
    const html = await readFile(join(page, 'index.html'), 'utf8');
    return html
      .replace('<html', `<html data-platform="${process.platform}"`)
      .replace(/<script type="module"/, '<script src="/web-bridge.js"></script>\n    <script type="module"');
  } catch (error) {
    throw new FileError(page, 'page-not-built', 'The page that a browser would show is not built yet.', {
      hint: 'In a checkout, `npm start` builds it. An installed Squint has a window of its own.',
      cause: error,
    });
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const noSession: Reply<never> = {
  ok: false,
  problem: {
    code: 'no-session',
    message: 'This page was not opened from Squint.',
    hint: 'Open the address that Squint printed when it started.',
  },
};

function json(response: ServerResponse, status: number, reply: Reply<unknown>): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
