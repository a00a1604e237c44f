/** What jsdom lacks and components ask for. Imported before these, as some ask while they load. */

/** It lays nothing out, so nothing ever changes its size. */
globalThis.ResizeObserver = class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

/** It has no screen, so no query holds. */
globalThis.matchMedia = (media) => Object.assign(new EventTarget(), { matches: false, media }) as MediaQueryList;

/** Nor does it scroll. */
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = () => undefined;
