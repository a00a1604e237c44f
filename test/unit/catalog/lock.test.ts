import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCatalog } from '../../../src-main/catalog/index.ts';
import { temporaryFolder } from './samples.ts';

/** Another process that has the library open. */
async function holder(folder: string): Promise<ChildProcess> {
  const script = `import { openCatalog } from ${JSON.stringify(join(import.meta.dirname, '../../../src-main/catalog/index.ts'))};
    globalThis.catalog = openCatalog(${JSON.stringify(folder)}, 'the Squint window');
    setInterval(() => {}, 1000);
    console.log('open');`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  return child;
}

describe('a library', () => {
  it('is held by one process, and the next one hears who that is', async () => {
    const folder = temporaryFolder();
    const child = await holder(folder);
    expect(() => openCatalog(folder)).toThrow(
      expect.objectContaining({
        code: 'library-held',
        message: `The library ${folder} is in use by the Squint window (process ${child.pid!}).`,
        hint: 'Close it first. On the command line, --no-catalog classifies without the library.',
      }),
    );
  });

  it('is free when its holder was killed', async () => {
    const folder = temporaryFolder();
    const child = await holder(folder);
    child.kill('SIGKILL');
    await once(child, 'exit');
    openCatalog(folder).close();
  });

  it('is held against the same process too, until it is closed', () => {
    const folder = temporaryFolder();
    const first = openCatalog(folder, 'squint classify');
    expect(() => openCatalog(folder)).toThrow(`in use by squint classify (process ${process.pid})`);
    first.close();
    openCatalog(folder).close();
  });
});
