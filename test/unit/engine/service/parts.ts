/** The service's parts, put together as the service does it, for what no request asks of them. */
import { join } from 'node:path';
import { openCatalog } from '../../../../src-main/catalog/index.ts';
import type { Notice } from '../../../../src-main/contract/notices.ts';
import { Cache } from '../../../../src-main/engine/cache.ts';
import { knownFigures } from '../../../../src-main/engine/machine.ts';
import { preprocessingVersion } from '../../../../src-main/engine/photo.ts';
import { Reading } from '../../../../src-main/engine/reading.ts';
import { choiceFor } from '../../../../src-main/engine/service/choice.ts';
import type { Context } from '../../../../src-main/engine/service/context.ts';
import { solveCurve } from '../../../../src-main/engine/service/curve.ts';
import { inForce } from '../../../../src-main/engine/service/decide.ts';
import { countsOf } from '../../../../src-main/engine/service/handlers.ts';
import { openLog } from '../../../../src-main/engine/service/log.ts';
import { Networks } from '../../../../src-main/engine/service/networks.ts';
import { Notices } from '../../../../src-main/engine/service/notices.ts';
import { packInfoOf } from '../../../../src-main/engine/service/pack-info.ts';
import { photoOf } from '../../../../src-main/engine/service/pictures.ts';
import { Roots } from '../../../../src-main/engine/service/roots.ts';
import { Runs } from '../../../../src-main/engine/service/runs.ts';
import { openSettings } from '../../../../src-main/engine/service/settings.ts';
import { Thumbnails } from '../../../../src-main/engine/thumbnails.ts';
import { loadPack } from '../../../../src-main/packs/index.ts';

export async function openParts(home: string, folder: string) {
  const pack = await loadPack(folder);
  const choices = { pack, curve: await solveCurve(pack) };
  const [log, settings, catalog] = [openLog(home), openSettings(home), openCatalog(join(home, 'library'))];
  const use = {
    ...choices,
    key: { digest: pack.digest, preprocessing: preprocessingVersion },
    info: packInfoOf(choices),
    networks: new Networks(pack),
    inForce: inForce(choices, choiceFor(choices, settings.current.choice)),
    machine: await knownFigures(home, pack, settings.current.provider),
    measuring: null,
  };
  const told: Notice[] = [];
  const notices = new Notices(
    (notice) => told.push(notice),
    {
      rows: (ids) => catalog.rowsOf(ids, pack.exits),
      counts: () => countsOf({ catalog, use }),
      roots: () => roots.list(),
      run: () => runs.state(),
      operation: () => null,
    },
    (error) => log.write(error),
  );
  const reading = new Reading();
  const cache = new Cache(join(home, 'cache'), settings.current.cacheBytes);
  const thumbnails = new Thumbnails({ reading, cache, photo: (id) => photoOf({ catalog }, id), tell: (ready) => notices.thumbs(ready) });
  const context: Context = {
    ...{ home, resources: home, version: '0', catalog, settings, log, notices, reading, cache, thumbnails, use },
    packProblem: null,
    revision: 0,
  };
  const runs = new Runs(context, null);
  const roots = new Roots(context, runs);
  return {
    catalog,
    roots,
    runs,
    told,
    close: async () => {
      await roots.close();
      await runs.stop();
      notices.stop();
      await Promise.all([reading.close(), use.networks.close()]);
      catalog.close();
    },
  };
}
