/** `squint packs export`: the networks of a pack for other programs. */
import type { Command } from 'commander';
import { exportOnnx } from '../../../../packs/index.ts';
import { status } from '../../io.ts';
import { type Host, examples, packFolder } from '../host.ts';

export function addExport(group: Command, { io, finish }: Host): void {
  const command = group
    .command('export')
    .description('Write the networks of a pack as ONNX files, one per stage.')
    .addArgument(packFolder())
    .requiredOption('--onnx <folder>', 'where to')
    .action(async (folder: string, { onnx }: { onnx: string }) => {
      await exportOnnx(io.path(folder), io.path(onnx));
      io.print([`Wrote one ONNX file per stage to ${io.path(onnx)}, with the NETWORK.json that packs join and packs import read.`]);
      finish(status.done);
    });
  examples(command, 'squint packs export models/photos --onnx photos-onnx');
}
