/** Why Electron did not start, by what it said, and what helps. */

export interface Hindrance {
  readonly why: string; // completes "The window cannot open: …"
  readonly remedy: string | null;
}

const known: readonly [RegExp, (found: RegExpExecArray, electron: string) => Hindrance][] = [
  [/Running as root without --no-sandbox/, () => ({ why: 'Electron does not run as root', remedy: 'Start Squint as an ordinary user.' })],
  [
    /SUID sandbox helper|No usable sandbox|setuid_sandbox_host|user namespaces/i,
    (_, electron) => ({
      why: 'this system keeps programs from user namespaces, which the sandbox of the page needs',
      remedy: sandboxRemedy(electron),
    }),
  ],
  [
    /error while loading shared libraries: ([\w.+-]+)/,
    ([, library]) => ({
      why: `the library ${library!} is missing`,
      remedy: `Install the package that has ${library!} (on Debian and Ubuntu, apt-file search ${library!} names it).`,
    }),
  ],
  [
    /Missing X server|cannot open display|Failed to connect to Wayland|ozone_platform/i,
    () => ({ why: 'there is no display here', remedy: 'Start Squint in a desktop session.' }),
  ],
];

/** Electron's helper for such systems, made root's as its own packages do. */
function sandboxRemedy(electron: string): string {
  const helper = electron.replace(/[^/]+$/, 'chrome-sandbox');
  return `Once: sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'. Squint's .deb package sets this up by itself.`;
}

/** @param said what Electron wrote to stderr; @param electron its path */
export function hindranceOf(said: string, electron: string): Hindrance {
  for (const [pattern, hindrance] of known) {
    const found = pattern.exec(said);
    if (found) return hindrance(found, electron);
  }
  const last = said.trim().split('\n').at(-1) ?? '';
  return { why: last === '' ? 'Electron ended at once' : `Electron ended at once (${last})`, remedy: null };
}
