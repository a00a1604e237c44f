/** All commands, and what they have in common. */
import { Command } from 'commander';
import manifest from '../../../package.json' with { type: 'json' };
import { addClassify } from './commands/classify.ts';
import { addHelp } from './commands/help.ts';
import { addHistory } from './commands/history.ts';
import { type Host, examples } from './commands/host.ts';
import { addPacks } from './commands/packs/index.ts';
import { addServe } from './commands/serve.ts';
import { addSort } from './commands/sort.ts';
import { addUndo } from './commands/undo.ts';
import type { OpenLibrary } from './library.ts';
import { wrap } from './present/text.ts';

const openLibrary: OpenLibrary = async (io) => (await import('./library.ts')).openLibrary(io); // the other commands start without it

const exitCodes = 'Exit codes: 0 done, 1 failed, 2 usage, 3 done but not every photo could be sorted, 130 interrupted.';

/** @param open the library, for the commands that work with it */
export function program(host: Host, open: OpenLibrary = openLibrary): Command {
  const squint = new Command('squint')
    .description('Sorts photographs on your own computer: looks coarsely first, and closer only where it must.')
    .version(manifest.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError('(squint help shows what there is)')
    .configureHelp({ helpWidth: host.io.out.width, minWidthToWrap: 16 })
    .exitOverride();
  examples(squint, 'squint classify ~/Pictures', 'squint help packs info');
  squint.addHelpText('after', ['', ...wrap(exitCodes, host.io.out.width)].join('\n'));
  addClassify(squint, host);
  addSort(squint, host, open);
  addUndo(squint, host, open);
  addHistory(squint, host, open);
  addPacks(squint, host);
  addServe(squint, host);
  addHelp(squint);
  return squint;
}
