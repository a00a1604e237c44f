/** `squint packs logits`: what a pack's first network gives for inputs as they enter it, to be held against other programs. */
import type { Command } from 'commander';
import { logits } from '../../../../engine/index.ts';
import { status } from '../../io.ts';
import { type Host, examples, packFolder } from '../host.ts';

interface Options {
  readonly input: string;
  readonly unsplit: boolean;
  readonly json?: true;
}

export function addLogits(group: Command, { io, finish }: Host): void {
  const command = group
    .command('logits')
    .description('Print the logits of the first network for inputs as they enter it.')
    .addArgument(packFolder())
    .requiredOption('--input <file>', 'float32 little-endian, N x 3 x side x side')
    .option('--unsplit', 'by the one graph with all exits instead of stage by stage', false)
    .option('--json', 'one JSON object a picture')
    .action(async (folder: string, { input, unsplit, json }: Options) => {
      const photos = await logits({ pack: io.path(folder), input: io.path(input), unsplit });
      const lines = photos.flatMap((exits, i) =>
        json
          ? [JSON.stringify({ photo: i + 1, exits })]
          : exits.map(({ exit, logits: values }) => `photo ${i + 1} exit ${exit}: ${values.map((z) => z.toPrecision(7)).join(' ')}`),
      );
      io.print(lines);
      finish(status.done);
    });
  examples(command, 'squint packs logits models/photos --input pictures.f32');
}
