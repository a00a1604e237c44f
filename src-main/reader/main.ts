/** The reader child: questions in, answers out (protocol.ts). It holds nothing that is worth saving, so it may be ended at any time. */
import sharp from 'sharp';
import type { FromReader, ToReader } from './protocol.ts';
import { readPhoto } from './read.ts';

// Files are decoded side by side, each on one thread: that is faster than several threads on one file. No file is read twice, so a cache is waste.
sharp.concurrency(1);
sharp.cache(false);

process.on('message', (message: ToReader) => {
  if (message.type === 'stop') stop();
  else void answer(message);
});
process.on('SIGINT', () => {}); // Ctrl-C reaches every process of the terminal; the engine says when to end
process.on('disconnect', end); // the engine is gone
tell({ type: 'ready' });

async function answer({ seq, path, want }: Extract<ToReader, { type: 'read' }>): Promise<void> {
  const result = await readPhoto(path, want);
  tell('problem' in result ? { type: 'failed', seq, ...result } : { type: 'pixels', seq, pixels: result });
}

function tell(message: FromReader): void {
  process.send?.(message, undefined, undefined, () => undefined); // an engine that is gone hears nothing, and `disconnect` follows
}

function stop(): void {
  const { user, system } = process.cpuUsage();
  process.send?.({ type: 'stopped', cpuMs: (user + system) / 1000 } satisfies FromReader, undefined, undefined, end);
}

/** Not process.exit: that waits for decodes under way, and one of them may be why the engine gave up. */
function end(): void {
  process.kill(process.pid, 'SIGKILL');
}
