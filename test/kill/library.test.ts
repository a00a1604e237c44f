/** Twenty kills, or as many as SQUINT_KILLS asks for: the nightly form has 200. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seeded } from './harness.ts';
import { Ordeal, type Phase, otherVolume } from './ordeal.ts';

const kills = Number(process.env.SQUINT_KILLS ?? 20);
const isWindows = process.platform === 'win32';
const minutes = 60_000;

describe.skipIf(isWindows)('[other system] a library whose engine is killed at a random instant, and started again', () => {
  let ordeal: Ordeal;
  beforeAll(async () => {
    ordeal = await Ordeal.begin(seeded(14), { sorted: 72, scanned: 200, classified: 60 });
  }, 5 * minutes);
  afterAll(() => ordeal.end());

  /** @param share of all kills */
  async function survives(phase: Phase, share: number, elsewhere = false): Promise<void> {
    let done = 0;
    for (let rounds = 0; done < kills * share; rounds += 1) {
      expect(rounds, `${phase} was through before it could be killed`).toBeLessThan(10 + 4 * kills * share);
      const { what, findings, ...round } = await ordeal.round(phase, elsewhere);
      expect({ what, findings }).toEqual({ what, findings: [] });
      done += round.kills;
    }
  }

  it(
    'in mid-scan knows every photo once, with its companions, and finds those again whose folders were renamed',
    { timeout: kills * minutes },
    () => survives('scan', 0.2),
  );
  it('in mid-classification keeps every verdict that it told, and gives each photo one', { timeout: kills * minutes }, () =>
    survives('classify', 0.2),
  );
  it('in mid-copy has only whole copies, companions with them, and can take them back', { timeout: kills * minutes }, () =>
    survives('copy', 0.15),
  );
  it('in mid-move has every photo once, as it was, and can take it back', { timeout: kills * minutes }, () => survives('move', 0.2));
  it.skipIf(otherVolume === null)('[other system] the same for copies to another volume', { timeout: kills * minutes }, () =>
    survives('copy', 0.1, true),
  );
  it.skipIf(otherVolume === null)('[other system] the same for moves to another volume', { timeout: kills * minutes }, () =>
    survives('move', 0.15, true),
  );
});
