/** The commands and what they take: arguments, defaults, help. What they do is in `commands/`. */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { presets } from '../../contract/events.ts';
import * as packs from './commands/packs.ts';
import { classifyCommand } from './commands/classify.ts';
import type { Io } from './io.ts';

const { version } = createRequire(import.meta.url)('../../../package.json') as { version: string };
const models = fileURLToPath(new URL('../../../models', import.meta.url));
const shippedPack = fileURLToPath(new URL('../../../models/photos', import.meta.url));

/** @param finish gets the exit status of the command that ran */
export function program(io: Io, finish: (status: number) => void): Command {
  const squint = new Command('squint')
    .description('Sorts photographs on your own computer: looks coarsely first, and closer only where it must.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .showSuggestionAfterError()
    .showHelpAfterError('(squint help shows what there is)')
    .configureHelp({ helpWidth: io.out.width })
    .exitOverride();
  const example = (command: Command, ...lines: string[]): Command =>
    command.addHelpText('after', `\nExample:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  example(squint, 'squint classify ~/Pictures', 'squint help packs info');
  squint.addHelpText('after', `\nExit codes: 0 done, 1 failed, 2 usage, 3 done but not every photo could be sorted, 130 interrupted.`);
  const pack = new Option('--pack <folder>', 'the pack to use').default(shippedPack, 'the one that ships');
  const provider = new Option('--provider <name>', 'what the network runs on: cpu, cuda, dml, coreml, webgpu').default('cpu');

  example(
    squint
      .command('classify')
      .description('Tell what is in photos. No file is changed.')
      .argument('<input...>', 'folders, files, patterns, or - for paths on standard input')
      .addOption(new Option('--preset <name>', 'how much accuracy may give way to saving').choices(presets).default('balanced'))
      .addOption(pack)
      .addOption(provider)
      .addOption(
        new Option('--read <rung>', 'where reading starts; auto leaves it to the preset')
          .choices(['auto', 'preview', 'scaled', 'full'])
          .default('auto'),
      )
      .option('--limit <n>', 'photos at most', positive)
      .option('--json', 'one JSON object a line on standard output')
      .option('--csv <file>', 'also write one line per photo to a new file')
      .action(async (inputs: string[], options: Parameters<typeof classifyCommand>[1]) =>
        finish(await classifyCommand(inputs, options, io)),
      ),
    'squint classify ~/Pictures --preset saver',
    'find . -newer last-import -name "*.jpg" | squint classify - --json',
  );

  const group = squint.command('packs').description('Packs: networks with their labels and calibration.').helpCommand(false);
  example(group, 'squint packs info models/photos', 'squint packs import --help');
  const folder = new Argument('<folder>', 'a pack');
  const data = (command: Command): Command =>
    command
      .addArgument(folder)
      .requiredOption('--data <table>', 'labelled photos: a table with its archives beside it, or a folder with one folder per collection')
      .option('--split <name>', 'a split of the table')
      .addOption(new Option('--half <half>', 'which photos, by the SHA-256 of their ids').choices(['fit', 'report', 'all']))
      .option('--previews', 'give each photo an embedded preview first, as cameras do', false)
      .addOption(provider);

  example(
    group
      .command('list')
      .description('List packs.')
      .addArgument(new Argument('[folder]', 'where they are').default(models, 'those that ship'))
      .action(async (where: string) => finish(await packs.listCommand(io.path(where), io))),
    'squint packs list',
  );
  example(
    group
      .command('info')
      .description('Show what is in a pack.')
      .addArgument(folder)
      .action(async (of: string) => finish(await packs.infoCommand(of, io))),
    'squint packs info models/photos',
  );
  example(
    group
      .command('verify')
      .description('Check that every file of a pack is the one it was.')
      .addArgument(folder)
      .action(async (of: string) => finish(await packs.verifyCommand(of, io))),
    'squint packs verify models/photos',
  );
  example(
    group
      .command('import')
      .description('Make a pack of a checkpoint written by the RANet authors’ training code (torch.save), or of an exported NETWORK.json.')
      .argument('<checkpoint>', 'the file')
      .option('--config <file>', 'the configuration of the network, as JSON; a checkpoint needs it')
      .option('--labels <file>', 'its labels, as JSON; else those in the checkpoint')
      .requiredOption('--to <folder>', 'the pack to make')
      .action(async (checkpoint: string, options: Parameters<typeof packs.importCommand>[1]) =>
        finish(await packs.importCommand(checkpoint, options, io)),
      ),
    'squint packs import model_best.pth.tar --config model.config.json --labels labels.json --to my-pack',
  );
  example(
    group
      .command('export')
      .description('Write the networks of a pack as ONNX files, one per stage.')
      .addArgument(folder)
      .requiredOption('--onnx <folder>', 'where to')
      .action(async (of: string, options: Parameters<typeof packs.exportCommand>[1]) => finish(await packs.exportCommand(of, options, io))),
    'squint packs export models/photos --onnx photos-onnx',
  );
  example(
    group
      .command('join')
      .description('Put a closer look behind the networks of a pack.')
      .addArgument(folder)
      .requiredOption('--with <file>', 'NETWORK.json of the closer look, its ONNX files beside it')
      .requiredOption('--to <folder>', 'the pack to make')
      .action(async (of: string, options: Parameters<typeof packs.joinCommand>[1]) => finish(await packs.joinCommand(of, options, io))),
    'squint packs join models/photos --with look-104/NETWORK.json --to closer',
  );
  example(
    data(
      group
        .command('calibrate')
        .description('Fit temperatures, presets and the review threshold of a pack on labelled photos, and write them into it.'),
    ).action(async (of: string, options: packs.DataOptions) => finish(await packs.calibrateCommand(of, options, io))),
    'squint packs calibrate my-pack --data photos/INDEX.tsv --split val',
  );
  example(
    data(group.command('evaluate').description('Tell how right a calibrated pack is on labelled photos, and what that costs.'))
      .option('--json', 'one JSON object')
      .action(async (of: string, options: Parameters<typeof packs.evaluateCommand>[1]) =>
        finish(await packs.evaluateCommand(of, options, io)),
      ),
    'squint packs evaluate models/photos --data photos/LARGE.tsv --split unseen --previews',
  );
  example(
    group
      .command('logits')
      .description('Print the logits of the first network for inputs as they enter it.')
      .addArgument(folder)
      .requiredOption('--input <file>', 'float32 little-endian, N x 3 x side x side')
      .option('--unsplit', 'by the one graph with all exits instead of stage by stage', false)
      .option('--json', 'one JSON object a picture')
      .action(async (of: string, options: Parameters<typeof packs.logitsCommand>[1]) => finish(await packs.logitsCommand(of, options, io))),
    'squint packs logits models/photos --input pictures.f32',
  );

  squint
    .command('help')
    .description('Show help for a command.')
    .argument('[command...]')
    .action((names: string[]) => {
      const of = names.reduce<Command>((command, name) => {
        const found = command.commands.find((one) => one.name() === name);
        return found ?? command.error(`error: unknown command '${name}'`);
      }, squint);
      of.outputHelp();
    });
  return squint;
}

function positive(value: string): number {
  const n = Number(value);
  if (Number.isSafeInteger(n) && n > 0) return n;
  throw new InvalidArgumentError('Expected a whole number above 0.');
}
