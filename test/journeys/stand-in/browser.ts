/**
 * The Chromium that stands in for Electron's own, and its schemes.
 *
 * A page of a custom scheme cannot be opened in plain Chromium. It is opened under a name below .localhost, which is a secure context, and
 * addresses are mapped on the way: squint://app/index.html is http://app.squint.localhost/index.html there. Pictures use `squint:` itself.
 */
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { type BrowserContext, type Route, chromium } from 'playwright';
import { chromiumPath } from '../chromium.ts';

/** protocol.handle: what answers a scheme. */
export const schemes = new Map<string, (request: Request) => Promise<Response>>();

export function outward(address: string): string {
  const { protocol, host, pathname, search, hash } = new URL(address);
  const scheme = protocol.slice(0, -1);
  return schemes.has(scheme) ? `http://${host}.${scheme}.localhost${pathname}${search}${hash}` : address;
}

export function inward(address: string): string {
  const found = /^http:\/\/([^/]+)\.([a-z]+)\.localhost(\/.*)$/.exec(address);
  return found ? `${found[2]!}://${found[1]!}${found[3]!}` : address;
}

const schemeOf = (address: string): string => new URL(inward(address)).protocol.slice(0, -1);

let starting: Promise<BrowserContext> | undefined;

/** The one browser, started when the first window opens. */
export function browser(profile: string): Promise<BrowserContext> {
  return (starting ??= start(profile));
}

export async function closeBrowser(): Promise<void> {
  await (await starting)?.close();
}

async function start(profile: string): Promise<BrowserContext> {
  mkdirSync(profile, { recursive: true });
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('the Electron stand-in needs a Chromium');
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: null,
    handleSIGINT: false,
    // Two services of Chromium's that Electron has not would go out: updates of its parts, and what others typed into such fields.
    args: [`--remote-debugging-port=${port}`, '--component-updater=url-source=data:,', '--autofill-server-url=data:,'],
  });
  await context.route((url) => schemes.has(schemeOf(url.href)), respond);
  process.send?.({ browser: `http://127.0.0.1:${port}` });
  return context;
}

async function respond(route: Route): Promise<void> {
  const request = route.request();
  const address = inward(request.url());
  try {
    const response = await schemes.get(schemeOf(address))!(new Request(address, { method: request.method() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  } catch (error) {
    console.error(`the Electron stand-in could not answer ${address}:`, error);
    await route.abort().catch(() => {});
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
