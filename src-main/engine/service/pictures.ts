/** Photos and what networks were given of them, as the makers of pictures for people need to know it. */
import type { MediaMeans, PhotoFile } from '../media.ts';
import type { Context } from './context.ts';

/** The photo's file; its key changes when the file does. Not by content: pictures are wanted before the file was read. */
export function photoOf({ catalog }: Pick<Context, 'catalog'>, id: number): PhotoFile | null {
  const file = catalog.fileOf(id);
  return file && { path: file.path, key: `${file.path} ${file.size} ${file.mtimeMs}` };
}

export function mediaMeans(context: Context): MediaMeans {
  const { catalog, reading, cache, use } = context;
  return {
    reading,
    cache,
    photo: (id) => photoOf(context, id),
    given: (id, network) => {
      const first = use?.pack.firstExits[network - 1];
      const verdict = use && catalog.verdictOf(id, use.key);
      const opinion = verdict?.opinions.find(({ exit }) => exit === first);
      return use && opinion ? { pack: use.pack.digest, pictures: use.pack.pictures, rung: opinion.rung } : null;
    },
  };
}
