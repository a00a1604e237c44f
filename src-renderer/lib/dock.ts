/** A run's progress on the dock or taskbar: told to the host at most once a second, and its end at once. */
import type { RunState } from '../../src-main/contract/library.ts';
import type { Client } from './client.ts';

const everyMs = 1000;

export function tellDock(client: Client): (run: RunState | null) => void {
  let told: number | null = null;
  let at = -Infinity;
  return (run) => {
    if (client.host !== 'electron') return;
    const share = run !== null && ['running', 'paused', 'stopping'].includes(run.state) && run.files > 0 ? run.done / run.files : null;
    const now = performance.now();
    if (share === told || (share !== null && now - at < everyMs)) return;
    told = share;
    at = now;
    void client.request('host.progress', { share });
  };
}
