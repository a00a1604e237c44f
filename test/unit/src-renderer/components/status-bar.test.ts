// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import StatusBar from '../../../../src-renderer/components/StatusBar.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { operation } from '../../../fake/operations.ts';
import { renderWith } from '../with-app.ts';

describe('the status bar', () => {
  it('tells how far files are moved while that goes, and leads to the history', async () => {
    const fake = createFake();
    const app = await renderWith(fake, StatusBar);
    expect(screen.queryByRole('button')).toBeNull();
    const tell = (of: ReturnType<typeof operation>): void =>
      fake.tell({ type: 'operation', progress: { operation: of, bytes: 0, bytesDone: 0, secondsLeft: null, now: null } });
    tell(operation({ id: 20, state: 'running', files: 27_676, done: 16_880 }));
    await fireEvent.click(await screen.findByRole('button', { name: 'Moving 27,676 files, 61%' }));
    expect(app.screen.history).toBe(true);
    tell(operation({ id: 20, files: 27_676 }));
    await expect.poll(() => screen.queryByRole('button')).toBeNull();
  });
});
