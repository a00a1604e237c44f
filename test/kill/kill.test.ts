import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf, classifyJson, killAtRandom, manyPhotos, outcomes, seeded, until } from './harness.ts';

const onThisSystem = process.platform !== 'win32';

describe('children that are killed', () => {
  const photos = 400;
  let folder = '';
  let home = '';
  beforeAll(async () => {
    const root = mkdtempSync(join(tmpdir(), 'squint kill '));
    folder = join(root, 'photos');
    home = join(root, 'home');
    await manyPhotos(folder, photos);
  });
  afterAll(() => rmSync(join(folder, '..'), { recursive: true }));

  it.skipIf(!onThisSystem)('[other system] cost no photo its verdict, and no innocent file is given up', async () => {
    const run = classifyJson([folder, '--read', 'scaled'], home);
    const killed = await killAtRandom(run, 6, seeded(1));
    expect(await run.status).toBe(0);
    expect(killed).toBe(6);
    const found = outcomes(run.events);
    expect(found.size).toBe(photos);
    expect([...found.values()].every((types) => types.length === 1 && types[0] === 'verdict')).toBe(true);
  });

  it.skipIf(!onThisSystem)('[other system] end by themselves when the engine is killed', async () => {
    const run = classifyJson([folder, '--read', 'full'], home);
    await until(() => run.events.some(({ type }) => type === 'verdict'));
    const children = childrenOf(run.process.pid!).filter((pid) => pid !== run.process.pid);
    expect(children.length).toBeGreaterThanOrEqual(2);
    run.process.kill('SIGKILL');
    await run.status;
    const alive = (): number[] => children.filter(isAlive);
    await until(() => alive().length === 0, 5000);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
