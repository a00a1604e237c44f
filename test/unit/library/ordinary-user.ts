/** Permissions do not bind the system's administrator, as whom a test may run. */
import { chmodSync } from 'node:fs';

/** @param folder of the test, which the ordinary user may then enter */
export async function asOrdinaryUser<T>(folder: string, work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  chmodSync(folder, 0o755);
  process.seteuid!(65_534);
  try {
    return await work();
  } finally {
    process.seteuid!(0);
  }
}
