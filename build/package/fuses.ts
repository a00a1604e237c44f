/** The fuses that a package must carry, read back from its program: what Electron can no longer be talked into. */
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

const on = '1'.charCodeAt(0);
const off = '0'.charCodeAt(0);

const wanted: readonly [fuse: FuseV1Options, name: string, state: number][] = [
  [FuseV1Options.RunAsNode, 'RunAsNode', off],
  [FuseV1Options.EnableCookieEncryption, 'EnableCookieEncryption', on],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, 'EnableNodeOptionsEnvironmentVariable', off],
  [FuseV1Options.EnableNodeCliInspectArguments, 'EnableNodeCliInspectArguments', off],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, 'EnableEmbeddedAsarIntegrityValidation', on],
  [FuseV1Options.OnlyLoadAppFromAsar, 'OnlyLoadAppFromAsar', on],
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, 'LoadBrowserProcessSpecificV8Snapshot', off],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, 'GrantFileProtocolExtraPrivileges', off],
];

/** @returns what is set, in words, and a sentence for each fuse that is not as it must be */
export async function readFuses(program: string): Promise<{ told: string; faults: string[] }> {
  const wire = await getCurrentFuseWire(program);
  const faults = wanted.flatMap(([fuse, name, state]) =>
    Number(wire[fuse]) === state ? [] : [`The fuse ${name} must be ${state === on ? 'on' : 'off'}, and is not.`],
  );
  return { told: wanted.map(([, name, state]) => `${name} ${state === on ? 'on' : 'off'}`).join(', '), faults };
}
