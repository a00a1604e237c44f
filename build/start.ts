/**
 * `npm start`. The window is not built yet, so this leads to the command line: arguments are its arguments, and a path alone is classified.
 */
import { existsSync } from 'node:fs';
import { ioOf } from '../src-main/hosts/cli/io.ts';
import { program } from '../src-main/hosts/cli/program.ts';

const [first] = process.argv.slice(2);
const io = ioOf(process);
const isCommand = program({ io, finish: () => {} }).commands.some((command) => command.name() === first); // also where a folder has its name
if (first === undefined) console.log('The window is not built yet; Squint works on the command line.\n');
else if (!isCommand && existsSync(io.path(first))) process.argv.splice(2, 0, 'classify');
await import('../src-main/hosts/cli/main.ts');
