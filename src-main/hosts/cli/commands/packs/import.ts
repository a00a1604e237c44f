/** `squint packs import`: a pack of a checkpoint, or of an exported network. */
import type { Command } from 'commander';
import { importPack, loadPack } from '../../../../packs/index.ts';
import { status } from '../../io.ts';
import { packLines } from '../../present/pack.ts';
import { type Host, examples } from '../host.ts';

interface Options {
  readonly config?: string;
  readonly labels?: string;
  readonly to: string;
}

export function addImport(group: Command, { io, finish }: Host): void {
  const path = (name: string | undefined): string | undefined => (name === undefined ? undefined : io.path(name));
  const command = group
    .command('import')
    .description('Make a pack of a checkpoint written by the RANet authors’ training code (torch.save), or of an exported NETWORK.json.')
    .argument('<checkpoint>', 'the file')
    .option('--config <file>', 'the configuration of the network, as JSON; a checkpoint needs it')
    .option('--labels <file>', 'its labels, as JSON; else those in the checkpoint')
    .requiredOption('--to <folder>', 'the pack to make')
    .action(async (checkpoint: string, { config, labels, to }: Options) => {
      await importPack({ checkpoint: io.path(checkpoint), config: path(config), labels: path(labels), to: io.path(to) });
      io.print([
        ...packLines(await loadPack(io.path(to)), io.out),
        '',
        `Made ${io.path(to)}. It runs under --preset full; for the others calibrate it: squint packs calibrate ${to} --data TABLE`,
      ]);
      finish(status.done);
    });
  examples(command, 'squint packs import model_best.pth.tar --config model.config.json --labels labels.json --to my-pack');
}
