/**
 * `npm start`. The window is not built yet, so this leads to the command line: arguments are its arguments, and a path alone is classified.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const args = process.argv.slice(2);
const [first] = args;
if (first === undefined) console.log('The window is not built yet; Squint works on the command line.\n');
if (first !== undefined && existsSync(resolve(process.env.INIT_CWD ?? '.', first))) process.argv.splice(2, 0, 'classify');
await import('../src-main/hosts/cli/main.ts');
