/** The life of the stand-in's application: it is ready at once, it is the only one of its folder, and it ends in the order that Electron does. */
import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeBrowser } from './browser.ts';
import { type Instance, onlyInstance } from './single-instance.ts';

Object.defineProperty(process, 'versions', { value: { ...process.versions, electron: 'stand-in', chrome: 'stand-in' } });

/** Tells of what is about to happen; whether somebody prevented it. */
export function keeps(of: EventEmitter, event: string): boolean {
  const prevented = { value: false };
  of.emit(event, { preventDefault: () => (prevented.value = true) });
  return prevented.value;
}

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();
  #instance: Instance | undefined;
  #ending = false;

  getVersion(): string {
    return (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;
  }

  enableSandbox(): void {}

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} is not there`);
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    if (name === 'userData' && !this.#paths.has(name)) this.#paths.set(name, mkdtempSync(join(tmpdir(), 'stand-in-')));
    return this.#paths.get(name) ?? homedir();
  }

  requestSingleInstanceLock(data: unknown): boolean {
    this.#instance = onlyInstance(this.getPath('userData'), { argv: process.argv, folder: process.cwd(), data }, (second) =>
      this.emit('second-instance', {}, second.argv, second.folder, second.data),
    );
    return this.#instance.first;
  }

  isReady(): boolean {
    return true;
  }

  async whenReady(): Promise<void> {
    await Promise.resolve();
  }

  /** First the windows close, then it quits; whoever hears of either may keep it. */
  quit(): void {
    if (keeps(this, 'before-quit')) return;
    this.emit('stand-in:close-windows');
    if (!keeps(this, 'will-quit')) this.exit();
  }

  exit(code = 0): void {
    if (this.#ending) return;
    this.#ending = true;
    this.emit('quit', {}, code);
    void Promise.allSettled([closeBrowser(), this.#instance?.release()]).then(() => process.exit(code));
  }
}

export const app = new App();
