/**
 * One application per folder, as Electron has it: the first listens on a socket beside its profile, a second tells it how it was started.
 * Whether one runs must be known at once, so a file with its process id stands beside the socket.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

export interface Start {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly data: unknown;
}

export interface Instance {
  readonly first: boolean;
  /** Gives the place up; a second one has told the first by then. */
  release(): Promise<void>;
}

export function onlyInstance(folder: string, start: Start, onSecond: (second: Start) => void): Instance {
  mkdirSync(folder, { recursive: true });
  const holder = join(folder, 'stand-in.pid');
  const socket = join(folder, 'stand-in.sock');
  if (isAlive(holder)) {
    const told = new Promise<void>((resolve) => {
      const client = connect(socket).end(JSON.stringify(start));
      client.once('close', () => resolve());
      client.once('error', () => resolve());
    });
    return { first: false, release: () => told };
  }
  writeFileSync(holder, String(process.pid));
  rmSync(socket, { force: true });
  const server = createServer({ allowHalfOpen: true }, (client) => {
    void json(client).then((second) => {
      onSecond(second as Start);
      client.end();
    });
  }).listen(socket);
  return {
    first: true,
    release: () => {
      rmSync(holder, { force: true });
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function isAlive(holder: string): boolean {
  try {
    process.kill(Number(readFileSync(holder, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
