/**
 * The engine's process: starts the service, answers what the shell passes on, tells it what the service tells. Runs on the Node that ships
 * with Squint. It ends with the shell, in order, even where that dies: then the channel between them closes.
 */
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { restoreBackup } from '../../catalog/index.ts';
import { SquintError, toProblem } from '../../contract/errors.ts';
import { squintHome } from '../../engine/home.ts';
import { type Service, startService } from '../../engine/service/index.ts';
import { openLog } from '../../engine/service/log.ts';
import type { FromEngine, ToEngine } from './protocol.ts';

const home = squintHome();
const send = (message: FromEngine): void => void process.send?.(message, () => {}); // a shell that is gone hears nothing

process.on('uncaughtExceptionMonitor', (error) => openLog(home).write(error)); // it ends then, and the shell starts another
process.on('SIGINT', () => {}); // Ctrl-C reaches every process of the terminal; the shell says when to end
process.on('disconnect', () => void end());

let service: Promise<Service> | undefined;

process.on('message', (message: ToEngine) => {
  switch (message.type) {
    case 'hello':
      service = start(message);
      service.catch((error: unknown) => {
        openLog(home).write(error);
        process.send?.({ type: 'failed', problem: toProblem(error) } satisfies FromEngine, () => process.exit(1));
      });
      return;
    case 'request': {
      const { seq, from, name, params } = message;
      service
        ?.then((open) => open.request(from, name, params))
        .then(
          (reply) => send({ type: 'reply', seq, reply }),
          () => {}, // it could not be started, which is told
        );
      return;
    }
    case 'stop':
      void end();
  }
});

/** Where the shell was started anew at once, the engine of the one before may still be closing the library: it has a few seconds. */
async function start({ resources, version, restore }: Extract<ToEngine, { type: 'hello' }>): Promise<Service> {
  if (restore) restoreBackup(join(home, 'library'));
  for (let attempts = 10; ; attempts--) {
    try {
      return await startService({ home, resources, version, tell: (notice) => send({ type: 'notice', notice }) });
    } catch (error) {
      if (attempts === 0 || !(error instanceof SquintError) || error.code !== 'library-held') throw error;
      await setTimeout(500);
    }
  }
}

async function end(): Promise<void> {
  await Promise.race([service?.then((open) => open.close()), setTimeout(3000)]).catch(() => {});
  process.exit(0);
}
