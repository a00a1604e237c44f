/** `squint packs info`: what is in a pack, and what was measured on it. */
import type { Command } from 'commander';
import { loadPack } from '../../../../packs/index.ts';
import { status } from '../../io.ts';
import { packLines } from '../../present/pack.ts';
import { type Host, examples, packFolder } from '../host.ts';

export function addInfo(group: Command, { io, finish }: Host): void {
  const command = group
    .command('info')
    .description('Show what is in a pack.')
    .addArgument(packFolder())
    .action(async (folder: string) => {
      io.print(packLines(await loadPack(io.path(folder)), io.out));
      finish(status.done);
    });
  examples(command, 'squint packs info models/photos');
}
