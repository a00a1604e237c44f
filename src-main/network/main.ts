/**
 * The network child: a process of its own, so that a driver that crashes takes down neither the window nor the catalogue. Started by the
 * engine with `fork`; speaks protocol.ts; ends by itself when its parent is gone. `session.run()` blocks the process, so runs are worked
 * on one at a time and the engine keeps them short.
 */
import { toProblem } from '../contract/errors.ts';
import { type FromNetwork, type ToNetwork, protocolVersion } from './protocol.ts';
import { type Loaded, loadNetworks } from './sessions.ts';
import { runStaged } from './staged.ts';

const send = (message: FromNetwork): void => void process.send?.(message);

let loading: Promise<Loaded | null> = Promise.resolve(null);
let queue: Promise<void> = Promise.resolve();

process.on('message', (message: ToNetwork) => {
  switch (message.type) {
    case 'hello':
      loading = hello(message);
      return;
    case 'run': {
      const { seq, run } = message;
      queue = queue.then(async () => {
        try {
          const network = (await loading)?.networks[run.network];
          if (!network) throw new Error(`no network ${run.network} was loaded`);
          send({ type: 'ran', seq, ran: await runStaged(network, run) });
        } catch (error) {
          send({ type: 'failed', seq, problem: problemOf(error) });
        }
      });
      return;
    }
    case 'stop':
      void queue.then(() => {
        const { user, system } = process.cpuUsage();
        process.send?.({ type: 'stopped', cpuMs: (user + system) / 1000 } satisfies FromNetwork, () => process.exit(0));
      });
  }
});
process.on('SIGINT', () => {}); // Ctrl-C reaches every process of the terminal; the engine says when to end
process.on('disconnect', () => process.exit(0));

async function hello({ version, provider, threads, networks }: Extract<ToNetwork, { type: 'hello' }>): Promise<Loaded | null> {
  try {
    if (version !== protocolVersion)
      throw new Error(`the engine speaks version ${version} of the protocol, the network ${protocolVersion}`);
    const loaded = await loadNetworks(networks, provider, threads);
    send({ type: 'ready', provider: loaded.provider, note: loaded.note, available: [...loaded.available] });
    return loaded;
  } catch (error) {
    send({ type: 'failed', seq: null, problem: problemOf(error) });
    return null;
  }
}

/** What onnxruntime says is for the log of people who make packs, but it names the tensor: keep its first line. */
function problemOf(error: unknown): ReturnType<typeof toProblem> {
  const problem = toProblem(error);
  if (problem.code !== 'internal' || !(error instanceof Error)) return problem;
  return {
    code: 'network-failed',
    message: `The network could not run: ${error.message.split('\n')[0]!}`,
    hint: 'The pack may be damaged: squint packs verify tells.',
  };
}
