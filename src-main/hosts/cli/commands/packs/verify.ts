/** `squint packs verify`: whether a pack is what it was. */
import type { Command } from 'commander';
import { verifyPack } from '../../../../packs/index.ts';
import { status } from '../../io.ts';
import { type Host, examples, packFolder } from '../host.ts';

const sound = 'The pack is sound: every file is the one it was, and its networks run.';

export function addVerify(group: Command, { io, finish }: Host): void {
  const command = group
    .command('verify')
    .description('Check that every file of a pack is the one it was.')
    .addArgument(packFolder())
    .action(async (folder: string) => {
      const faults = await verifyPack(io.path(folder));
      io.print(faults.length === 0 ? [sound] : faults.map(({ message }) => message));
      finish(faults.length === 0 ? status.done : status.failed);
    });
  examples(command, 'squint packs verify models/photos');
}
