// @vitest-environment jsdom
import '../jsdom.ts';
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import Loupe from '../../../../src-renderer/views/Loupe.svelte';
import { createFake, waitingRow } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

async function open(photos = 60, sorted = photos) {
  const fake = createFake({ photos, sorted, pictures: ['/a.jpg'] });
  const media: string[] = [];
  Object.assign(fake, {
    mediaUrl: (id: number, _: string, of: { kind: string }) => {
      media.push(`${of.kind} ${id}`);
      return `/${of.kind}/${id}`;
    },
  });
  const app = await renderWith(fake, Loupe);
  flushSync();
  await waitFor(() => expect(app.photos.row(app.photos.ids[0]!)).toBeDefined());
  return { fake, app, media };
}

it('opens with the first photo in view where none was chosen, and says which it is', async () => {
  const { app } = await open();
  expect(app.selection.current).toBe(1);
  await waitFor(() => expect(document.querySelector('[aria-live]')?.textContent).toMatch(/^IMG_0001\.JPG, 1 of 60: .+ left at exit/));
});

it('shows the network’s guesses, each taken by a click', async () => {
  const { fake, app } = await open();
  app.screen.view = 'loupe';
  const [first, second] = await waitFor(() => {
    const guesses = screen.getAllByTitle(/^(Confirm|Correct to this)$/);
    expect(guesses).toHaveLength(3);
    return guesses;
  });
  expect(first!.textContent).toMatch(/\d+%/);
  await fireEvent.click(second!);
  await waitFor(() => expect(fake.asked.some(({ name }) => name === 'decisions.correct')).toBe(true));
  expect(app.selection.current).toBe(2); // the next
});

it('tells why a photo cannot be shown', async () => {
  const { app } = await open();
  const failed = app.photos.ids.find((id) => id % 23 === 20)!;
  app.selection.only(failed);
  await waitFor(() => expect(screen.getByRole('heading').textContent).toBe('Could not be read'));
  expect(screen.getByText('The file ends early. Copy it again from the camera.')).toBeTruthy();
});

it('asks for no large picture of photos that are only leafed over', async () => {
  const { app, media } = await open();
  for (let i = 0; i < 10; i++) {
    app.selection.move(1);
    flushSync();
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(media.filter((one) => one.startsWith('loupe')).every((one) => ['loupe 1', 'loupe 11'].includes(one))).toBe(true);
});

it('goes back to the whole photo with the next one', async () => {
  const { app } = await open();
  app.zoom.toggle();
  app.selection.move(1);
  flushSync();
  expect(app.zoom.isFull).toBe(false);
});

it('bounds what the network was given while the inspector is open', async () => {
  const { fake, app } = await open();
  expect(screen.queryByText('What the network was given')).toBeNull();
  app.screen.inspector = true;
  flushSync();
  expect(screen.getByText('What the network was given')).toBeTruthy();
  fake.tell({ type: 'rows', rows: [waitingRow(1)] });
  flushSync();
  expect(screen.queryByText('What the network was given')).toBeNull();
});

it('says what is wrong with a photo that it shows', async () => {
  const { fake, app } = await open();
  fake.tell({ type: 'rows', rows: [{ ...app.photos.row(1)!, damaged: true, missing: true, root: 1 }] });
  flushSync();
  expect(screen.getAllByRole('listitem').map((note) => note.textContent)).toEqual([
    'Damaged: only a part of it could be read',
    'The file is gone; its result is kept',
  ]);
});
