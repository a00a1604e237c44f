/**
 * Who may speak to the web host: a page that it served itself, in a browser that was given the token. A browser lets any site send requests
 * to this computer, so everything is checked that a foreign page cannot fake (Host against DNS rebinding, Origin against other sites, a
 * same-site cookie that only the token buys).
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Access {
  readonly port: number;
  readonly token: string; // in the address that the person opens, behind the #, where no server sees it
  readonly session: string; // in the cookie
}

export type Refusal = { readonly status: 400 | 401 | 403; readonly message: string };

export const cookieName = (port: number): string => `squint-${port}`; // cookies do not know ports

/** Before anything else, whatever is asked for. */
export function refusalOf({ headers, method }: IncomingMessage, { port }: Access): Refusal | null {
  const own = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (headers.host === undefined || !own.includes(headers.host)) return { status: 403, message: 'This is not the address of Squint.' };
  const { origin } = headers;
  const ownOrigin = `http://${headers.host}`;
  if (origin !== undefined && origin !== ownOrigin) return { status: 403, message: 'Another site asked.' };
  if (method !== 'GET' && origin === undefined) return { status: 403, message: 'It is not known which site asked.' };
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return { status: 403, message: 'Another site asked.' };
  return null;
}

export const hasSession = ({ headers }: IncomingMessage, { port, session }: Access): boolean =>
  (headers.cookie ?? '')
    .split('; ')
    .some((cookie) => cookie.startsWith(`${cookieName(port)}=`) && isSame(cookie.slice(cookieName(port).length + 1), session));

export const isToken = (given: unknown, { token }: Access): boolean => typeof given === 'string' && isSame(given, token);

/** In a time that does not tell how much of it was right. */
function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
