/** `squint packs list`: the packs in a folder. */
import { Argument, type Command } from 'commander';
import { listPacks } from '../../../../packs/index.ts';
import { status } from '../../io.ts';
import { models } from '../../places.ts';
import { packTable } from '../../present/pack.ts';
import { type Host, examples } from '../host.ts';

export function addList(group: Command, { io, finish }: Host): void {
  const command = group
    .command('list')
    .description('List packs.')
    .addArgument(new Argument('[folder]', 'where they are').default(models, 'those that ship'))
    .action(async (folder: string) => {
      const listed = await listPacks(io.path(folder));
      io.print(listed.length === 0 ? [`There is no pack in ${io.path(folder)}.`] : packTable(listed, io.out));
      finish(status.done);
    });
  examples(command, 'squint packs list');
}
