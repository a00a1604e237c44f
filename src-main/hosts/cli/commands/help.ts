/** `squint help`: of all, or of one command, however deep it stands. */
import type { Command } from 'commander';

export function addHelp(squint: Command): void {
  squint
    .command('help')
    .description('Show help for a command.')
    .argument('[command...]')
    .action((names: string[]) => {
      const command = names.reduce((at, name) => {
        const found = at.commands.find((one) => one.name() === name);
        return found ?? at.error(`error: unknown command '${name}'`);
      }, squint);
      command.outputHelp();
    });
}
