// @vitest-environment jsdom
import '../jsdom.ts';
import { fireEvent } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import Keys from '../../../../src-renderer/components/Keys.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

const open = async (platform = 'linux', photos = 60) => {
  const fake = createFake({ photos });
  Object.assign(fake, { platform });
  return await renderWith(fake, Keys);
};
function put(html: string): HTMLElement {
  document.body.insertAdjacentHTML('beforeend', html);
  return document.body.lastElementChild as HTMLElement;
}
const press = (key: string, on: Element = document.body, held: KeyboardEventInit = {}) => fireEvent.keyDown(on, { key, ...held });

afterEach(() => document.body.replaceChildren());

describe('a bare key', () => {
  it('acts wherever the focus is', async () => {
    const app = await open();
    await press('i', put('<button>a button</button>'));
    expect(app.screen.inspector).toBe(true);
  });

  it('never acts while text is typed, in a menu, or under a dialog', async () => {
    const app = await open();
    for (const html of ['<input>', '<textarea></textarea>', '<select></select>', '<div role="menu" tabindex="0"></div>'])
      await press('i', put(html));
    app.screen.over = 'about';
    await press('i');
    expect(app.screen.inspector).toBe(false);
  });

  it('does not act in other views, except those that lead back', async () => {
    const app = await open();
    app.screen.view = 'settings';
    await press('i');
    await press('r');
    expect([app.screen.inspector, app.photos.filter.pile]).toEqual([false, undefined]);
    await press('Escape');
    expect(app.screen.view).toBe('grid');
  });

  it('acts once, however long it is held', async () => {
    const app = await open();
    await press('i');
    await press('i', document.body, { repeat: true });
    expect(app.screen.inspector).toBe(true);
  });
});

describe('a key that controls use themselves', () => {
  it('is left to what has the focus', async () => {
    const app = await open();
    await press('Enter', put('<button>a button</button>'));
    await press(' ', put('<button>a button</button>'));
    await press('ArrowRight', put('<input type="range">'));
    await press('ArrowRight', put('<div role="slider" tabindex="0"></div>'));
    expect([app.selection.current, app.screen.view]).toEqual([null, 'grid']);
  });

  it('acts with the photos in focus, or nothing, or a plain button that has no use for it', async () => {
    const app = await open();
    await press('ArrowRight');
    await press('ArrowRight', put('<div role="listbox" data-area="photos" tabindex="0"></div>'));
    await press('ArrowRight', put('<button>a button</button>'));
    expect(app.selection.position).toBe(2);
  });
});

describe('a chord', () => {
  it('acts while text is typed where it is not the text’s own', async () => {
    const app = await open();
    const field = put('<input>');
    await press('b', field, { ctrlKey: true });
    expect(app.screen.sidebar).toBe(false);
    await press('a', field, { ctrlKey: true });
    expect(app.selection.size).toBe(0);
    await press('a', document.body, { ctrlKey: true });
    expect(app.selection.size).toBe(60);
  });

  it('is pressed with Cmd on macOS', async () => {
    const app = await open('darwin');
    await press('b', document.body, { ctrlKey: true });
    expect(app.screen.sidebar).toBe(true);
    await press('b', document.body, { metaKey: true });
    expect(app.screen.sidebar).toBe(false);
  });
});

it('F6 goes from area to area and round, Shift F6 back', async () => {
  await open();
  put('<div data-area="one"><button id="a">a</button></div>');
  put('<div data-area="two"><span>nothing to focus</span></div>');
  put('<div data-area="three" tabindex="0" id="c"></div>');
  const at = (): string | undefined => document.activeElement?.id;
  await press('F6');
  expect(at()).toBe('a');
  await press('F6', document.activeElement!);
  expect(at()).toBe('c');
  await press('F6', document.activeElement!);
  expect(at()).toBe('a');
  await press('F6', document.activeElement!, { shiftKey: true });
  expect(at()).toBe('c');
});
