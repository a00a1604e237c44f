/** What every command is defined with. */
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { Io } from '../io.ts';

export interface Host {
  readonly io: Io;
  readonly finish: (status: number) => void; // gets the exit status of the command that ran
}

export const examples = (command: Command, ...lines: string[]): Command =>
  command.addHelpText('after', `\nExample:\n${lines.map((line) => `  ${line}`).join('\n')}`);

export const packFolder = (): Argument => new Argument('<folder>', 'a pack');

export const provider = (): Option =>
  new Option('--provider <name>', 'what the network runs on: cpu, cuda, dml, coreml, webgpu').default('cpu');

export function positive(value: string): number {
  const n = Number(value);
  if (Number.isSafeInteger(n) && n > 0) return n;
  throw new InvalidArgumentError('Expected a whole number above 0.');
}
