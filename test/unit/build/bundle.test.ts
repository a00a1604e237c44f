/**
 * What can be read off the bundle that is packed, of Electron's security checklist and of the promise that nothing leaves the computer.
 * SECURITY.md names these tests; what only a running window shows is in test/journeys.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildBundle, bundleIsCurrent } from '../../../build/bundle.ts';

const out = fileURLToPath(new URL('../../../out/', import.meta.url));
const read = (path: string): string => readFileSync(join(out, path), 'utf8');
const withoutComments = (code: string): string => code.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');

/** What a module loads by name, in whichever way. */
function loadedBy(code: string): string[] {
  const names = withoutComments(code).matchAll(/(?:\bfrom|\bimport\(?|\brequire\()\s*["'`]([^"'`\n]+)["'`]/g);
  return [...new Set([...names].map(([, name]) => name!))].sort();
}

/** A program of out/main with every chunk that it loads. */
function programOf(entry: string): { code: string; packages: string[] } {
  const files = new Set([entry]);
  for (const file of files) for (const name of loadedBy(read(`main/${file}`))) if (name.startsWith('./')) files.add(name.slice(2));
  const code = [...files].map((file) => read(`main/${file}`)).join('\n');
  return { code: withoutComments(code), packages: loadedBy(code).filter((name) => !name.startsWith('./')) };
}

beforeAll(() => {
  if (!bundleIsCurrent() && !buildBundle()) throw new Error('There is no bundle to look at: what electron-vite says of it is above.');
});

describe('the shell', () => {
  let code: string;
  beforeAll(() => (code = programOf('index.mjs').code));

  it('is one file that loads nothing but Electron and Node', () => {
    expect(loadedBy(read('main/index.mjs')).filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([]);
  });

  it('puts the page into a sandbox, without Node and in a world of its own', () => {
    expect(code).toMatch(/app\.enableSandbox\(\)/);
    expect(code.match(/new BrowserWindow\(/g)).toHaveLength(1);
    for (const setting of ['sandbox: true', 'contextIsolation: true', 'nodeIntegration: false']) expect(code).toContain(setting);
  });

  it.each([
    ...[
      'webSecurity',
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
      'webviewTag',
      'nodeIntegrationInWorker',
    ],
    ...['nodeIntegrationInSubFrames', 'loadFile', 'openExternal', 'executeJavaScript', 'commandLine', 'bypassCSP', 'remote-debugging'],
    ...['no-sandbox', 'file://', 'http://', 'https://'],
  ])('knows no %s', (word) => {
    expect(code).not.toContain(word);
  });

  it('refuses every permission, new window, webview and other address', () => {
    expect(code).toMatch(/setPermissionRequestHandler\(\(\w+, \w+, (\w+)\) => \1\(false\)\)/);
    expect(code).toMatch(/setPermissionCheckHandler\(\(\) => false\)/);
    expect(code).toMatch(/setWindowOpenHandler\(\(\) => \(\{ action: "deny" \}\)\)/);
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-attach-webview'])
      expect(code).toMatch(new RegExp(`on\\("${event}", \\((\\w+)\\) => \\1\\.preventDefault\\(\\)\\)`));
  });

  it('answers a message only where it has asked who sent it', () => {
    const handlers = [...code.matchAll(/ipcMain\.(?:handle|on)\([^\n]*\n\s*([^\n]*)/g)].map(([, first]) => first);
    expect(handlers.length).toBeGreaterThan(0);
    for (const first of handlers) expect(first).toMatch(/^if \(!isOurPage\(event\)/);
  });

  it('sends pages with a policy that lets nothing in from elsewhere', () => {
    const policy = code.match(/\[\s*"default-src 'none'"[^\]]*\]/)?.[0] ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
  });
});

describe('the bridge', () => {
  it('loads Electron alone and shows the page one object, with none of its own', () => {
    const code = withoutComments(read('preload/index.cjs'));
    expect(loadedBy(code)).toEqual(['electron']);
    expect(code.match(/exposeInMainWorld\(/g)).toHaveLength(1);
    expect(code).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
  });
});

describe('the page', () => {
  it('has scripts and styles of its own only, and a policy that says so', () => {
    const page = read('renderer/index.html');
    const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:|blob:/);
    for (const [, address] of page.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^\.?\/assets\//);
    expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(page).not.toMatch(/<(?:iframe|webview|object|embed)/);
  });

  it('makes no code out of text, and knows neither Node nor Electron', () => {
    for (const file of readdirSync(join(out, 'renderer/assets')).filter((name) => name.endsWith('.js'))) {
      const code = withoutComments(read(`renderer/assets/${file}`));
      expect(code).not.toMatch(/\beval\(|new Function\(|setTimeout\(["'`]/);
      expect(loadedBy(code).filter((name) => !name.startsWith('./'))).toEqual([]);
      expect(code).not.toMatch(/ipcRenderer|contextBridge/);
    }
  });

  it('takes nothing into its styles from elsewhere', () => {
    for (const file of readdirSync(join(out, 'renderer/assets')).filter((name) => name.endsWith('.css')))
      expect(read(`renderer/assets/${file}`)).not.toMatch(/url\(["']?(?:https?:|\/\/|data:)|@import/);
  });
});

describe('the engine and its children', () => {
  it.each(['engine.mjs', 'reader.mjs', 'heic-worker.mjs', 'network.mjs'])('%s has no means to connect', (entry) => {
    const { code, packages } = programOf(entry);
    expect(packages.filter((name) => /^(?:node:)?(?:https?|http2|net|tls|dgram|dns|undici|ws)\b/.test(name))).toEqual([]);
    expect(code).not.toMatch(/\bfetch\(|\bWebSocket\b|XMLHttpRequest/);
  });

  it('reads pictures in a process that has no database and starts none', () => {
    const { packages } = programOf('reader.mjs');
    expect(packages).toContain('sharp');
    expect(packages.filter((name) => ['node:sqlite', 'node:child_process', 'onnxruntime-node'].includes(name))).toEqual([]);
  });
});
