/** What the parts of the service share. */
import type { Catalog, PackKey } from '../../catalog/index.ts';
import { SquintError, type Problem } from '../../contract/errors.ts';
import type { PackInfo, Settings } from '../../contract/library.ts';
import { type Watts, wattsOf } from '../../energy/index.ts';
import type { Cache } from '../cache.ts';
import { type MachineFigures, processorName } from '../machine.ts';
import type { Reading } from '../reading.ts';
import type { Thumbnails } from '../thumbnails.ts';
import type { Choices } from './choice.ts';
import type { InForce } from './decide.ts';
import type { Log } from './log.ts';
import type { Networks } from './networks.ts';
import type { Notices } from './notices.ts';
import type { SettingsFile } from './settings.ts';

export interface Context {
  readonly home: string; // folder of all that Squint keeps
  readonly resources: string; // the folder that holds models/
  readonly version: string; // of Squint
  readonly catalog: Catalog;
  readonly settings: SettingsFile;
  readonly log: Log;
  readonly notices: Notices;
  readonly reading: Reading;
  readonly cache: Cache;
  readonly thumbnails: Thumbnails;
  readonly use: PackInUse | null; // null where the pack cannot be used
  readonly packProblem: Problem | null;
  revision: number; // counts what happened to photos: roots, scans, results
}

/** The pack, with what follows from it on this computer and by the person's choice. */
export interface PackInUse extends Choices {
  readonly key: PackKey;
  readonly info: PackInfo;
  readonly networks: Networks;
  inForce: InForce; // the policy
  machine: MachineFigures | null; // null until something was measured here
  measuring: Promise<MachineFigures> | null;
}

/** @throws {SquintError} the reason why the pack cannot be used */
export function packOf({ use, packProblem }: Pick<Context, 'use' | 'packProblem'>): PackInUse {
  if (use) return use;
  const { code, message, hint } = packProblem!;
  throw new SquintError(code, message, hint === undefined ? {} : { hint });
}

/** The settings as they hold: a choice that the pack does not have stands for another. */
export const settingsIn = ({ settings, use }: Pick<Context, 'settings' | 'use'>): Settings => ({
  ...settings.current,
  ...(use && { choice: use.inForce.choice }),
});

/** The person's figure, else the table's. */
export function wattsIn({ settings }: Pick<Context, 'settings'>): Watts {
  const { watts } = settings.current;
  return watts === null ? wattsOf(processorName()) : { typical: watts, low: watts, high: watts, of: 'your figure' };
}
