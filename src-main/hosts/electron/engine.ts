/**
 * The engine's process: answers what the shell passes on, tells it what the engine tells. Runs on the Node that ships with Squint. It ends
 * with the shell, even where that dies: then the channel between them closes.
 */
import type { FromEngine, ToEngine } from './protocol.ts';

const send = (message: FromEngine): void => void process.send?.(message);

process.on('message', (message: ToEngine) => {
  switch (message.type) {
    case 'hello':
      return;
    case 'request':
      send({
        type: 'reply',
        seq: message.seq,
        reply: { ok: false, problem: { code: 'none', message: `There is no engine yet to ask for ${message.name}.` } },
      });
      return;
    case 'stop':
      process.exit(0);
  }
});
process.on('disconnect', () => process.exit(0));
process.on('SIGINT', () => {}); // Ctrl-C reaches every process of the terminal; the shell says when to end
