/** The reader child: questions in, answers out (protocol.ts). It holds nothing that is worth saving, so it may be ended at any time. */
import sharp from 'sharp';
import { aboutPhoto } from './about.ts';
import { makePicture } from './make.ts';
import type { Answered, FromReader, Question, ToReader } from './protocol.ts';
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

async function answer(question: Exclude<ToReader, { type: 'stop' }>): Promise<void> {
  tell({ seq: question.seq, ...(await answerTo(question)) });
}

async function answerTo(question: Question & { path: string }): Promise<Answered> {
  switch (question.type) {
    case 'read': {
      const pixels = await readPhoto(question.path, question.want);
      return 'problem' in pixels ? { type: 'failed', ...pixels } : { type: 'pixels', pixels };
    }
    case 'make': {
      const made = await makePicture(question.path, question.make);
      return 'problem' in made ? { type: 'failed', ...made } : { type: 'made', made };
    }
    case 'about': {
      const about = await aboutPhoto(question.path);
      return 'problem' in about ? { type: 'failed', ...about } : { type: 'about', about };
    }
  }
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
