import type { Bridge } from '../src-main/contract/bridge.ts';

declare global {
  interface Window {
    /** Put there by the host before any script of the page runs. */
    readonly squint: Bridge;
  }
}
