/**
 * Folders and files that Squint was opened with: on its command line, by a second start, dropped on its icon. They are kept until the page
 * can show them, and what came at once is added at once.
 */
import { resolve } from 'node:path';

/**
 * The paths of a command line. Switches are Chromium's.
 *
 * @param argv as in node:process
 * @param packaged whether the program is all that stands before the arguments; otherwise the bundle's path stands there too
 * @param from relative paths start here: under npm the folder where the person called it, not the project's
 */
export function pathsIn(argv: readonly string[], packaged: boolean, from: string): string[] {
  const words = argv.slice(1).filter((word) => !word.startsWith('-'));
  return (packaged ? words : words.slice(1)).map((path) => resolve(from, path));
}

export class Opened {
  readonly #add: (paths: string[]) => void;
  #paths: string[] = [];
  #pageIsThere = false;
  #isWaiting = false;

  constructor(add: (paths: string[]) => void) {
    this.#add = add;
  }

  take(paths: readonly string[]): void {
    this.#paths.push(...paths);
    this.#flushSoon();
  }

  /** The page hears notices from now on. */
  pageIsThere(): void {
    this.#pageIsThere = true;
    this.#flushSoon();
  }

  /** macOS tells of several files one by one, in one turn of the loop. */
  #flushSoon(): void {
    if (!this.#pageIsThere || this.#paths.length === 0 || this.#isWaiting) return;
    this.#isWaiting = true;
    setImmediate(() => {
      this.#isWaiting = false;
      this.#add(this.#paths.splice(0));
    });
  }
}
