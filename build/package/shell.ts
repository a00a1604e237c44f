/** What the asar of a package may hold: the shell and its page, and no file of theirs outside of it, where no fuse watches over it. */
import { getRawHeader, listPackage } from '@electron/asar';

const allowed = [
  /^package\.json$/,
  /^out\/main\/index\.mjs$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/index\.html$/,
  /^out\/renderer\/assets\/[\w-]+\.(?:js|css|woff2|svg|png)$/,
];
const needed = ['package.json', 'out/main/index.mjs', 'out/preload/index.cjs', 'out/renderer/index.html'];

interface Entry {
  files?: Record<string, Entry>;
  unpacked?: boolean;
}

/** @returns the files in it, and a sentence for each that must not be there or is missing */
export function readShell(asar: string): { files: string[]; faults: string[] } {
  const { header } = getRawHeader(asar) as { header: Entry };
  const files = listPackage(asar, { isPack: false })
    .map((path) => path.replaceAll('\\', '/').slice(1))
    .filter((path) => {
      const entry = path.split('/').reduce<Entry | undefined>((folder, name) => folder?.files?.[name], header);
      return entry !== undefined && entry.files === undefined && entry.unpacked !== true;
    });
  const strange = files.filter((file) => !allowed.some((pattern) => pattern.test(file)));
  const missing = needed.filter((file) => !files.includes(file));
  return {
    files,
    faults: [
      ...strange.map((file) => `${file} is in the asar, and nothing allows it.`),
      ...missing.map((file) => `There is no ${file} in the asar.`),
    ],
  };
}
