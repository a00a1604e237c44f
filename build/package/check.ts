/**
 * `npm run package:check`: what is in a package, and whether it works where nothing else is. Without arguments it builds the program for
 * Linux around a stub of Electron, which needs no connection; `-- --windows` builds the one for Windows, with its libraries from the
 * registry; `-- --built DIR [--provider NAME]` looks at one that was built.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inspect } from './contents.ts';
import { readFuses } from './fuses.ts';
import { readShell } from './shell.ts';
import { stubForLinux, stubForWindows } from './stub-package.ts';
import { tryOut } from './try-out.ts';
import { filesUnder, unpackedAt } from './unpacked.ts';

const { values } = parseArgs({
  options: { built: { type: 'string' }, windows: { type: 'boolean', default: false }, provider: { type: 'string', default: 'cpu' } },
});

try {
  const faults = await check(values.built ?? (values.windows ? stubForWindows() : stubForLinux()), values.provider);
  for (const fault of faults) console.error(`fault: ${fault}`);
  console.log(faults.length === 0 ? 'The package is as it should be.' : `Faults of the package: ${faults.length}.`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function check(folder: string, provider: string): Promise<string[]> {
  const { system, program, resources } = unpackedAt(folder);
  const { sizes, faults } = inspect(filesUnder(resources), system);
  const row = (title: string, files: number, bytes: number, budget: number): string =>
    `  ${title.padEnd(48)}${String(files).padStart(6)}${(bytes / 1e6).toFixed(1).padStart(8)}${String(budget).padStart(8)}`;
  const sum = (of: (size: (typeof sizes)[number]) => number): number => sizes.reduce((total, size) => total + of(size), 0);
  console.log(`\n${folder}\n\n  ${'part'.padEnd(48)} files      MB  budget`);
  for (const { title, files, bytes, budget } of sizes) console.log(row(title, files, bytes, budget));
  console.log(
    row(
      'together, without Electron',
      sum(({ files }) => files),
      sum(({ bytes }) => bytes),
      sum(({ budget }) => budget),
    ),
  );

  const shell = readShell(join(resources, 'app.asar'));
  console.log(`\nin the asar:\n  ${shell.files.join('\n  ')}`);
  const fuses = await readFuses(program);
  console.log(`\nfuses: ${fuses.told}`);
  const readOff = [...faults, ...shell.faults, ...fuses.faults];
  if (system === process.platform) return [...readOff, ...(await tryFaults(folder, provider))];
  console.log('\nnot started: it is for another system\n');
  return readOff;
}

async function tryFaults(folder: string, provider: string): Promise<string[]> {
  console.log('\nclassified in an empty folder, with an empty home, by the Node that is packed:');
  try {
    const { verdicts, provider: used } = await tryOut(folder, provider);
    for (const { path, collection, confidence, exit, exits } of verdicts)
      console.log(`  ${path.padEnd(20)} ${collection.padEnd(24)} ${(100 * confidence).toFixed(0).padStart(3)} %  exit ${exit}/${exits}`);
    console.log(`  on the ${used}; the window's engine started, answered and stopped when told\n`);
    return [
      ...(used === provider ? [] : [`It was to run on ${provider} and ran on ${used}.`]),
      ...(verdicts.some(({ path, collection }) => path === 'dogs.jpg' && collection === 'dogs')
        ? []
        : ['dogs.jpg shows dogs; it did not say so.']),
    ];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
