/** Requests with their types, over whatever bridge the host gave. A problem is thrown as an error that keeps its code and hint. */
import type { Bridge, Reply } from '../../src-main/contract/bridge.ts';
import { type Problem, SquintError } from '../../src-main/contract/errors.ts';
import type { Added } from '../../src-main/contract/library.ts';
import type { HostRequestName, Params, Result, ViewRequestName } from '../../src-main/contract/requests.ts';

export class Client {
  readonly #bridge: Bridge;
  readonly onNotice: Bridge['onNotice'];
  readonly mediaUrl: Bridge['mediaUrl'];

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.onNotice = (listener) => bridge.onNotice(listener);
    this.mediaUrl = (id, version, media) => bridge.mediaUrl(id, version, media);
  }

  get host(): Bridge['host'] {
    return this.#bridge.host;
  }

  get platform(): string {
    return this.#bridge.platform;
  }

  /** @throws {SquintError} the problem that came back */
  async request<N extends ViewRequestName | HostRequestName>(name: N, params: Params<N>): Promise<Result<N>> {
    return valueOf(await this.#bridge.request(name, params)) as Result<N>;
  }

  /** @throws {SquintError} */
  async addDropped(files: readonly File[]): Promise<Added> {
    return valueOf(await this.#bridge.addDropped(files));
  }
}

function valueOf<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw errorOf(reply.problem);
}

const errorOf = ({ code, message, hint }: Problem): SquintError => new SquintError(code, message, { ...(hint !== undefined && { hint }) });
