/** `squint history`: what was done to files, the newest first. */
import { type Command } from 'commander';
import type { Operation } from '../../../contract/operations.ts';
import { status } from '../io.ts';
import type { Library, OpenLibrary } from '../library.ts';
import { historyLines } from '../present/history.ts';
import { type Host, examples, positive } from './host.ts';

interface Options {
  readonly limit: number;
  readonly json?: true;
}

const page = 1000; // operations asked for at once

export function addHistory(squint: Command, { io, finish }: Host, open: OpenLibrary): void {
  const command = squint
    .command('history')
    .description('Show what was moved and copied, and what of it was taken back.')
    .option('--limit <n>', 'operations at most', positive, 20)
    .option('--json', 'one JSON object a line on standard output')
    .action(async ({ limit, json }: Options) => {
      const library = await open(io);
      try {
        const operations = await latest(library, limit);
        io.print(
          json ? operations.map((operation) => JSON.stringify({ type: 'operation', ...operation })) : historyLines(operations, io.out),
        );
        finish(status.done);
      } finally {
        await library.close();
      }
    });
  examples(command, 'squint history', 'squint history --json --limit 1000');
}

async function latest(library: Library, limit: number): Promise<Operation[]> {
  const all: Operation[] = [];
  while (all.length < limit) {
    const asked = Math.min(page, limit - all.length);
    const operations = await library.ask('operations.list', { before: all.at(-1)?.id ?? null, limit: asked });
    all.push(...operations);
    if (operations.length < asked) break;
  }
  return all;
}
