/** The network child of the pack in use: started for the first photo, kept across runs, another one for another provider. */
import type { Pack } from '../../packs/index.ts';
import { Inference } from '../inference.ts';

export class Networks {
  readonly #pack: Pack;
  #current: { readonly asked: string; readonly inference: Inference } | null = null;

  constructor(pack: Pack) {
    this.#pack = pack;
  }

  /** @param provider asked for; what is in use, `ready` says. While a run goes it is the one that the run began with. */
  on(provider: string): Inference {
    const { networks, featuresNeeded } = this.#pack;
    if (this.#current?.asked === provider && !this.#current.inference.broken) return this.#current.inference;
    void this.close();
    const inference = new Inference({ networks, provider, want: { features: featuresNeeded, logits: false } });
    this.#current = { asked: provider, inference };
    return inference;
  }

  /** The one that there is, whatever its provider. */
  get current(): Inference | null {
    return this.#current?.inference ?? null;
  }

  async close(): Promise<void> {
    const current = this.#current;
    this.#current = null;
    await current?.inference.close();
  }
}
