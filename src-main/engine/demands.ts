/** What thresholds ask of the reader and of each network. */
import type { Pack } from '../packs/index.ts';
import type { ReadFrom } from '../reader/index.ts';

/**
 * Thresholds as each network's exits need them; at the pack's last exit everyone leaves, whatever the number.
 *
 * @param thresholds one per exit of the pack but the last
 */
export function thresholdsByNetwork(pack: Pack, thresholds: readonly number[]): number[][] {
  return pack.networks.map(({ stages }) => stages.flatMap(({ exits }) => exits.map(({ exit }) => thresholds[exit - 1] ?? 0)));
}

/**
 * Where every photo goes to the pack's last network, or to the last exit of its only one, a preview would only be read in vain: `full` is
 * every network on one scaled decode.
 */
export function cheapestRung(pack: Pack, thresholds: readonly number[]): ReadFrom {
  const beforeLastNetwork = pack.networks.length > 1 ? thresholds.slice(0, pack.firstExits.at(-1)! - 1) : thresholds;
  return beforeLastNetwork.every((threshold) => threshold > 1) ? 'scaled' : 'preview';
}
