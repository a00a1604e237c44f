/**
 * The name of a folder that a page wishes for. A page names folders by id and never by path, so the name must be one plain name: it may lead
 * neither out of the folder that was granted nor further down, and show people what it is.
 */
const longest = 255; // bytes of UTF-8: the limit of ext4, APFS counts characters and NTFS UTF-16 units, which are fewer

/* eslint-disable no-control-regex -- those are what must not be in a name */
const controls = /[\u0000-\u001f\u007f-\u009f]/;
/** Line breaks, and marks that turn the direction of what follows, by which "gpj.exe" reads "exe.jpg". */
const disguises = /[\u2028\u2029\u202a-\u202e\u2066-\u2069]/;
const notOnWindows = /[<>:"|?*]|[. ]$|^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * @param platform as in node:process; Windows takes fewer names
 * @returns why no folder can be given this name, as a sentence, or null
 */
export function faultOfName(name: string, platform: NodeJS.Platform): string | null {
  if (name.trim() === '') return 'The folder needs a name.';
  if (name !== name.trim()) return 'The name begins or ends with a space.';
  if (/[/\\]/.test(name)) return 'The name holds a slash; it must be the name of one folder.';
  if (name.startsWith('.')) return 'The name begins with a dot, so the folder would be hidden.'; // and with it "." and ".."
  if (controls.test(name) || disguises.test(name) || !name.isWellFormed()) return 'The name holds characters that cannot be seen.';
  if (Buffer.byteLength(name) > longest) return `The name is too long: ${Buffer.byteLength(name)} bytes, and the limit is ${longest}.`;
  if (platform === 'win32' && notOnWindows.test(name)) return 'Windows does not take this name.';
  return null;
}
