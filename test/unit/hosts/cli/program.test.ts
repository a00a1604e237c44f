import { readFileSync } from 'node:fs';
import { type Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { ioOf } from '../../../../src-main/hosts/cli/io.ts';
import { program } from '../../../../src-main/hosts/cli/program.ts';

const io = ioOf(process);

const leavesOf = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap((one) => leavesOf(one));

const nameOf = (command: Command): string => (command.parent ? `${nameOf(command.parent)} ${command.name()}`.trim() : '');

/** What the arguments bring to the screen, and the exit code that they end with. */
async function run(...args: string[]): Promise<{ text: string; code: number }> {
  let text = '';
  const write = (more: string): void => void (text += more);
  const squint = program({ io, finish: () => {} });
  const listen = (command: Command): void => {
    command.configureOutput({ writeOut: write, writeErr: write }).exitOverride();
    command.commands.forEach(listen);
  };
  listen(squint);
  try {
    await squint.parseAsync(args, { from: 'user' });
    return { text, code: 0 };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { text, code: error.exitCode };
  }
}

describe('help', () => {
  const commands = leavesOf(program({ io, finish: () => {} })).map(nameOf);

  it('is there for all that this version does, and for nothing else', () => {
    const packs = ['list', 'info', 'verify', 'import', 'export', 'join', 'calibrate', 'evaluate', 'logits'];
    expect(commands).toEqual(['classify', 'sort', 'undo', 'history', ...packs.map((name) => `packs ${name}`), 'serve', 'help']);
  });

  it.each(commands.filter((command) => command !== 'help'))('of %s says what it does and has an example', async (command) => {
    const { text, code } = await run(...command.split(' '), '--help');
    expect(code).toBe(0);
    expect(text).toMatch(new RegExp(`^Usage: squint ${command} [^\\n]*\\n\\n[A-Z]`));
    expect(text).toMatch(new RegExp(`\\nExample:\\n  squint ${command}\\b`));
  });

  it('of a command is found by its name, too', async () => {
    expect((await run('help', 'packs', 'info')).text).toContain('Usage: squint packs info');
    expect((await run('help')).text).toContain('Exit codes: 0 done, 1 failed, 2 usage, 3 ');
    expect((await run('help', 'packs', 'inform')).text).toContain("error: unknown command 'inform'");
  });

  it('has the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as { version: string };
    expect(await run('--version')).toEqual({ text: `${version}\n`, code: 0 });
  });
});

describe('a mistake', () => {
  it.each([
    [['clasify', 'photos'], "error: unknown command 'clasify'\n(Did you mean classify?)"],
    [['classify', 'photos', '--prest', 'full'], "error: unknown option '--prest'\n(Did you mean --preset?)"],
    [['packs', 'inof', 'x'], "error: unknown command 'inof'\n(Did you mean info?)"],
    [['classify'], "error: missing required argument 'input'"],
    [['classify', 'photos', '--preset', 'best'], 'Allowed choices are saver, balanced, accurate, full.'],
    [['classify', 'photos', '--read', 'all'], 'Allowed choices are auto, preview, scaled, full.'],
    [['classify', 'photos', '--limit', 'many'], 'Expected a whole number above 0.'],
    [['classify', 'photos', '--limit', '0'], 'Expected a whole number above 0.'],
    [['sort', 'x', '--move'], "error: required option '--to <folder>' not specified"],
    [['sort', 'x', '--to', 'y'], 'error: say one of --move and --copy'],
    [['sort', 'x', '--to', 'y', '--move', '--copy'], 'error: say one of --move and --copy'],
    [['sort', 'x', '--to', 'y', '--copy'], 'error: nobody can be asked here; say --yes to do it, or --dry-run to see the plan'],
    [['sort', 'x', '--to', 'y', '--copy', '--on-collision', 'overwrite'], 'Allowed choices are number, skip.'],
    [['undo'], 'error: nobody can be asked here; say --yes to do it'],
    [['history', '--limit', '0'], 'Expected a whole number above 0.'],
    [['packs', 'import', 'x'], "error: required option '--to <folder>' not specified"],
    [['packs', 'info', 'x', 'y'], 'error: too many arguments'],
  ])('as %j is told in a line, with what may have been meant', async (args, message) => {
    const { text, code } = await run(...args);
    expect(text).toContain(message);
    expect(code).not.toBe(0);
  });
});
