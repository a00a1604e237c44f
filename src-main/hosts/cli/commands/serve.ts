/** `squint serve`: the window in a browser of this computer. */
import { once } from 'node:events';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import manifest from '../../../../package.json' with { type: 'json' };
import { status } from '../io.ts';
import { models, shippedPack } from '../places.ts';
import { type Host, examples } from './host.ts';

export function addServe(squint: Command, { io, finish }: Host): void {
  const command = squint
    .command('serve')
    .description("Open Squint's window to a browser of this computer. Prints the address, which holds the key to it.")
    .argument('[path...]', 'folders and files to add')
    .addOption(new Option('--pack <folder>', 'the pack to use').default(shippedPack, 'the one that ships'))
    .action(async (paths: string[], { pack }: { pack: string }) => {
      const signal = io.stopSignal();
      const { serve } = await import('../../web/serve.ts'); // the other commands start without the catalogue and the web host
      const { address, close } = await serve({
        resources: join(models, '..'),
        page: join(models, '..', 'out', 'renderer'),
        version: manifest.version,
        pack: io.path(pack),
        paths: paths.map((path) => io.path(path)),
      });
      io.print([address]);
      io.tell(['Ctrl-C ends it; what was sorted is kept.']);
      if (!signal.aborted) await once(signal, 'abort');
      await close();
      finish(status.done);
    });
  examples(command, 'squint serve ~/Pictures');
}
