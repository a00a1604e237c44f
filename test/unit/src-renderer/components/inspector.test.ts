// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Inspector from '../../../../src-renderer/components/Inspector.svelte';
import { type Fake, createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

async function inspect(fake: Fake, id: number) {
  const app = await renderWith(fake, Inspector);
  await app.photos.want([id]);
  app.selection.only(id);
  await screen.findByRole('heading', { level: 2 });
  return app;
}

const leftAt = (fake: Fake, exit: number): number => fake.rows.find((row) => row.exit === exit)!.id;

describe('the inspector', () => {
  it('shows one row per exit visited, the last of which the photo leaves at, and names those not needed', async () => {
    const fake = createFake({ photos: 200 });
    await inspect(fake, leftAt(fake, 5));
    const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(6);
    expect(rows.slice(0, 4).every((row) => row.textContent.includes('goes on'))).toBe(true);
    expect(rows[4]?.textContent).toContain('leaves');
    expect(rows[5]?.textContent).toMatch(/6–7\s*Not needed/);
  });

  it('draws a feature grid per sub-network over the crop, and says which had no say', async () => {
    const fake = createFake({ photos: 200, pictures: ['/a.jpg'] });
    await inspect(fake, leftAt(fake, 2));
    expect(screen.getByText('features at 8 × 8')).toBeTruthy();
    expect(screen.getByText('16 × 16, not needed')).toBeTruthy();
    expect(screen.getByText(/104 × 104/).parentElement?.textContent).toContain('a closer look, not needed');
  });

  it('says what a closer look costs before it runs, and then runs the remaining exits', async () => {
    const fake = createFake({ photos: 200 });
    const id = leftAt(fake, 6);
    await inspect(fake, id);
    screen.getByRole('button', { name: 'Look closer' }).click();
    await screen.findByText(/about 170 mJ \(70–400\) more/);
    expect(fake.asked.some(({ name }) => name === 'run.closer')).toBe(false);
    screen.getByRole('button', { name: 'Look closer' }).click();
    await waitFor(() => expect(fake.asked.at(-1)).toEqual({ name: 'run.closer', params: { ids: [id] } }));
  });

  it('offers no closer look where no exit remains', async () => {
    const fake = createFake({ photos: 200 });
    await inspect(fake, leftAt(fake, 7));
    expect(screen.queryByRole('button', { name: 'Look closer' })).toBeNull();
  });

  it('gives the reason of a photo that could not be read', async () => {
    const fake = createFake({ photos: 40 });
    await inspect(fake, 20);
    expect(screen.getByRole('heading', { level: 2 }).textContent).toContain('Could not be read');
    expect(screen.getByText(/The file ends early\. Copy it again/)).toBeTruthy();
  });

  it('asks again when a new verdict of the photo comes in', async () => {
    const fake = createFake({ photos: 40 });
    const id = leftAt(fake, 1);
    await inspect(fake, id);
    const asked = (): number => fake.asked.filter(({ name }) => name === 'photos.inspect').length;
    const before = asked();
    fake.rows[id - 1] = { ...fake.rows[id - 1]!, decided: { collection: 'cats', how: 'corrected' } };
    fake.tell({ type: 'rows', rows: [fake.rows[id - 1]!] });
    await waitFor(() => expect(screen.getByText(/Corrected by you; the network said/)).toBeTruthy());
    expect(asked()).toBe(before + 1);
  });
});
