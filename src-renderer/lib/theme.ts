/** Dark or light, as the person or the system has it, on the page's root. */
import type { Settings } from '../../src-main/contract/library.ts';

/** @returns ends following the system */
export function applyTheme(theme: Settings['theme']): () => void {
  const { dataset } = document.documentElement;
  if (theme !== 'system') {
    dataset.theme = theme;
    return () => undefined;
  }
  const light = matchMedia('(prefers-color-scheme: light)');
  const follow = (): void => void (dataset.theme = light.matches ? 'light' : 'dark');
  follow();
  light.addEventListener('change', follow);
  return () => light.removeEventListener('change', follow);
}
