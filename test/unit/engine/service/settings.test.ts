import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaults, openSettings } from '../../../../src-main/engine/service/settings.ts';
import { folder } from './window.ts';

let here: ReturnType<typeof folder>;
beforeEach(() => {
  here = folder();
});
afterEach(() => here.remove());

describe('settings', () => {
  it('are the defaults at first, and then what was changed, also for the next start', () => {
    const settings = openSettings(here.path);
    expect(settings.current).toEqual(defaults);
    settings.change({ tileWidth: 200, theme: undefined });
    expect(openSettings(here.path).current).toEqual({ ...defaults, tileWidth: 200 });
  });

  it('lose no good entry to a bad one', () => {
    writeFileSync(join(here.path, 'settings.json'), JSON.stringify({ tileWidth: 5, theme: 'dark', hue: 1, toString: 1 }));
    expect(openSettings(here.path).current).toEqual({ ...defaults, theme: 'dark' });
  });

  it.each(['', '{', '[]', 'null', '"dark"'])('are the defaults where the file is damaged: %j', (text) => {
    writeFileSync(join(here.path, 'settings.json'), text);
    expect(openSettings(here.path).current).toEqual(defaults);
  });

  it('say where they could not be saved, and hold nevertheless', () => {
    mkdirSync(join(here.path, 'settings.json.new'));
    const settings = openSettings(here.path);
    expect(() => settings.change({ theme: 'light' })).toThrow(`The settings could not be saved in ${join(here.path, 'settings.json')}.`);
    expect(settings.current.theme).toBe('light');
  });

  it('are whole at every moment', () => {
    openSettings(here.path).change({ watts: 7.5 });
    expect(JSON.parse(readFileSync(join(here.path, 'settings.json'), 'utf8'))).toEqual({ ...defaults, watts: 7.5 });
  });
});
