/** Squint for a browser: the engine's service and the web host, in one process. */
import { squintHome } from '../../engine/index.ts';
import { startService } from '../../engine/service/index.ts';
import { type Engine, ask, doorOf } from '../door.ts';
import { answersOf } from './answers.ts';
import { type WebHost, startWebHost } from './server.ts';

export interface ServeOptions {
  readonly resources: string; // the folder that holds models/
  readonly page: string; // folder of the page's files
  readonly version: string; // of Squint
  readonly pack: string; // folder
  readonly paths: readonly string[]; // folders and files to add
}

/** @throws {SquintError} why the library cannot be opened, the page not served or a path not added */
export async function serve({ resources, page, version, pack, paths }: ServeOptions): Promise<Pick<WebHost, 'address' | 'close'>> {
  let host: WebHost | undefined;
  const service = await startService({ home: squintHome(), resources, version, pack, tell: (notice) => host?.tell(notice) });
  const engine: Engine = service;
  try {
    host = await startWebHost({ page, engine, door: doorOf<'web'>(engine, answersOf(engine, version)) });
    if (paths.length > 0) await ask(engine, 'roots.add', { paths: [...paths] });
  } catch (error) {
    await host?.close();
    await service.close();
    throw error;
  }
  const web = host;
  return {
    address: web.address,
    close: async () => {
      await web.close();
      await service.close();
    },
  };
}
