/** `squint packs join`: a closer look behind the networks of a pack. */
import type { Command } from 'commander';
import { joinPack, loadPack } from '../../../../packs/index.ts';
import { status } from '../../io.ts';
import { packLines } from '../../present/pack.ts';
import { type Host, examples, packFolder } from '../host.ts';

interface Options {
  readonly with: string;
  readonly to: string;
}

export function addJoin(group: Command, { io, finish }: Host): void {
  const command = group
    .command('join')
    .description('Put a closer look behind the networks of a pack.')
    .addArgument(packFolder())
    .requiredOption('--with <file>', 'NETWORK.json of the closer look, its ONNX files beside it')
    .requiredOption('--to <folder>', 'the pack to make')
    .action(async (folder: string, { with: network, to }: Options) => {
      await joinPack({ pack: io.path(folder), network: io.path(network), to: io.path(to) });
      io.print([
        ...packLines(await loadPack(io.path(to)), io.out),
        '',
        `Made ${io.path(to)}. Calibrate it next: squint packs calibrate ${to} --data TABLE`,
      ]);
      finish(status.done);
    });
  examples(command, 'squint packs join models/photos --with look-104/NETWORK.json --to closer');
}
