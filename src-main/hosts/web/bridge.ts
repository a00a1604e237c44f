/**
 * `window.squint` in a browser, over the web host. A classic script that runs before the page's own; it trades the token of the address for
 * a cookie and takes it out of the address.
 */
import type { Bridge, Reply } from '../../contract/bridge.ts';
import type { Notice } from '../../contract/notices.ts';
import { addressOf } from '../media-address.ts';

const unreachable: Reply<never> = {
  ok: false,
  problem: {
    code: 'host-gone',
    message: 'Squint does not answer.',
    hint: 'It was probably closed. Start it again and open the address it prints.',
  },
};

const session = begin();

async function begin(): Promise<void> {
  const token = location.hash.slice(1);
  if (token === '') return; // a page that was loaded again has its cookie
  history.replaceState(null, '', location.pathname);
  await post('/session', { token });
}

async function post(path: string, body: unknown): Promise<Reply<unknown>> {
  try {
    const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    return (await answer.json()) as Reply<unknown>;
  } catch {
    return unreachable;
  }
}

const listeners = new Set<(notice: Notice) => void>();

function listen(): void {
  const source = new EventSource('/notices');
  let wasOpen = false;
  source.onopen = () => {
    if (wasOpen) tell({ type: 'restarted' }); // what was told meanwhile was missed
    wasOpen = true;
  };
  source.onmessage = ({ data }: MessageEvent<string>) => tell(JSON.parse(data) as Notice);
}

function tell(notice: Notice): void {
  for (const listener of listeners) listener(notice);
}

const bridge: Bridge = {
  host: 'web',
  platform: document.documentElement.dataset.platform ?? '',
  request: async (name, params) => {
    await session;
    return post('/request', { name, params });
  },
  onNotice: (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  addDropped: () =>
    Promise.resolve({
      ok: false,
      problem: { code: 'no-paths-here', message: 'A browser does not tell where a dropped file lies.', hint: 'Use Add folder instead.' },
    }),
  mediaUrl: (id, version, media) => addressOf(id, version, media).replace('squint://', '/media/'),
};

Object.defineProperty(window, 'squint', { value: Object.freeze(bridge) });
void session.then(listen);
