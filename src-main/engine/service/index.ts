/**
 * The engine as a service: what a window's host starts, asks by the contract and hears notices from. It owns the library, holds the children
 * across runs, and does one run at a time. `handlers.ts` is the table of contents: each request and who answers it.
 */
import { join } from 'node:path';
import { type Catalog, openCatalog } from '../../catalog/index.ts';
import type { Reply } from '../../contract/bridge.ts';
import { type Problem, SquintError, toProblem } from '../../contract/errors.ts';
import type { RunState } from '../../contract/library.ts';
import { realDisk } from '../../library/index.ts';
import { loadPack } from '../../packs/index.ts';
import { Cache } from '../cache.ts';
import { knownFigures } from '../machine.ts';
import { preprocessingVersion } from '../photo.ts';
import { Reading } from '../reading.ts';
import { Thumbnails } from '../thumbnails.ts';
import { type Choices, choiceFor } from './choice.ts';
import type { Context, PackInUse } from './context.ts';
import { solveCurve } from './curve.ts';
import { inForce } from './decide.ts';
import { type From, dispatcher } from './dispatch.ts';
import { countsOf, handlersOf } from './handlers.ts';
import { openLog } from './log.ts';
import { measured } from './measure.ts';
import { Networks } from './networks.ts';
import { Notices, type Tell } from './notices.ts';
import { Operations } from './operations.ts';
import { packInfoOf, titlesOf } from './pack-info.ts';
import { photoOf } from './pictures.ts';
import { Redeciding } from './redecide.ts';
import { Roots } from './roots.ts';
import { Runs } from './runs.ts';
import { type SettingsFile, filesInFlight, openSettings } from './settings.ts';
import { Sorting } from './sorting.ts';

export interface ServiceOptions {
  readonly home: string; // folder of all that Squint keeps
  readonly resources: string; // the folder that holds models/
  readonly version: string; // of Squint
  readonly tell: Tell; // hears notices until the service is closed
  readonly pack?: string; // folder of another pack than the one that ships
  readonly quiet?: boolean; // nothing is looked through or measured at the start: a command asks for what it wants
}

export interface Service {
  /** Never rejects: failures are values. */
  request(from: From, name: string, params: unknown): Promise<Reply<unknown>>;
  /** Ends the run in order: what is known is kept. */
  close(): Promise<void>;
}

/** @throws {SquintError} `library-held`, `library-damaged`, `library-newer`, `library-read-only` */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { home, resources, version, tell, pack = join(resources, 'models', 'photos'), quiet = false } = options;
  const log = openLog(home);
  const settings = openSettings(home);
  const { use, problem } = await openPack(pack, home, settings);
  const catalog = openCatalog(join(home, 'library'));
  if (use) catalog.callPlaces(titlesOf(use.info));
  const last = lastRun(catalog, use);
  const reading = new Reading({ window: filesInFlight(settings.current) });
  const cache = new Cache(join(home, 'cache'), settings.current.cacheBytes);
  const notices = new Notices(
    tell,
    {
      rows: (ids) => catalog.rowsOf(ids, use?.pack.exits ?? 0),
      counts: () => countsOf({ catalog, use }),
      roots: () => roots.list(),
      run: () => runs.state(),
      operation: () => operations.now(),
    },
    (error) => log.write(error),
  );
  const thumbnails = new Thumbnails({
    reading,
    cache,
    photo: (id) => photoOf({ catalog }, id),
    tell: (ready) => notices.thumbs(ready),
  });
  const context: Context = {
    ...{ home, resources, version, catalog, settings, log, notices, reading, cache, thumbnails, use },
    packProblem: problem,
    revision: 0,
  };
  const runs = new Runs(context, last);
  const roots = new Roots(context, runs);
  const redeciding = new Redeciding(context, runs);
  const sorting = new Sorting(context, realDisk);
  const operations = new Operations(context, roots, runs, realDisk);
  const request = dispatcher(handlersOf({ context, roots, runs, redeciding, sorting, operations }), (error) => log.write(error));

  await operations.recover();
  redeciding.takeUp();
  if (!quiet) roots.rescanAll();
  const backingUp = catalog.backUpDaily().catch((error: unknown) => log.write(error));
  if (use && !use.machine && !quiet) {
    void measured(context, use, use.networks.on(settings.current.provider)).then(
      (machine) => machine.save(),
      (error: unknown) => log.write(error),
    );
  }
  return {
    request,
    close: async () => {
      await operations.stop();
      await Promise.all([roots.close(), redeciding.close()]);
      await runs.stop('Squint was closed before it was done.', startAgain);
      notices.stop();
      await Promise.all([reading.close(), use?.networks.close(), backingUp]);
      catalog.close();
    },
  };
}

/** A pack that cannot be used is a state of the library, not the end of it: what is known can still be looked at. */
async function openPack(
  folder: string,
  home: string,
  settings: SettingsFile,
): Promise<{ use: PackInUse; problem: null } | { use: null; problem: Problem }> {
  try {
    const pack = await loadPack(folder);
    const choices: Choices = { pack, curve: await solveCurve(pack) };
    return {
      use: {
        ...choices,
        key: { digest: pack.digest, preprocessing: preprocessingVersion },
        info: packInfoOf(choices),
        networks: new Networks(pack),
        inForce: inForce(choices, choiceFor(choices, settings.current.choice)),
        machine: await knownFigures(home, pack, settings.current.provider),
        measuring: null,
      },
      problem: null,
    };
  } catch (error) {
    if (error instanceof SquintError) return { use: null, problem: toProblem(error) };
    throw error;
  }
}

/** How the last run ended. One that a crash ended is closed now: what it found out is kept, the rest waits. */
function lastRun(catalog: Catalog, use: PackInUse | null): RunState | null {
  for (const { id, files, summary } of catalog.unfinishedRuns()) {
    catalog.endRun(id, 'stopped', files, summary && ended(summary as RunState, 'Squint ended before it was done.', startAgain));
  }
  const [last] = catalog.runs(1);
  const state = (last?.summary ?? null) as RunState | null; // as runs keep it
  if (!last || !state || !use || (last.pack.digest === use.key.digest && last.pack.preprocessing === use.key.preprocessing)) return state;
  return ended(state, 'Squint sorts with another pack now; these photos were sorted with the one before.', 'Start it to sort them anew.');
}

const startAgain = 'Start it again for the photos that wait.';

const ended = (run: RunState, reason: string, hint: string): RunState => ({
  ...run,
  state: 'stopped',
  reason,
  hint,
  photosPerSecond: null,
  secondsLeft: null,
});
