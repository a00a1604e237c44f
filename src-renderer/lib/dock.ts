/** The progress of files that are moved, else of a run, on the dock or taskbar: told to the host at most once a second, and its end at once. */
import type { RunState } from '../../src-main/contract/library.ts';
import type { OperationProgress } from '../../src-main/contract/operations.ts';
import type { Client } from './client.ts';
import { shareOf } from './operation-words.ts';

const everyMs = 1000;

export function tellDock(client: Client): (run: RunState | null, operation: OperationProgress | null) => void {
  let told: number | null = null;
  let at = -Infinity;
  return (run, operation) => {
    if (client.host !== 'electron') return;
    const share = operation ? shareOf(operation.operation) : run ? shareOfRun(run) : null;
    const now = performance.now();
    if (share === told || (share !== null && now - at < everyMs)) return;
    told = share;
    at = now;
    void client.request('host.progress', { share });
  };
}

const shareOfRun = ({ state, done, files }: RunState): number | null =>
  ['running', 'paused', 'stopping'].includes(state) && files > 0 ? done / files : null;
