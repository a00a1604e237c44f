/** The whole pipeline against its slower half: the same photos read alone, put through the network alone, and both at once. */
import { fileURLToPath } from 'node:url';
import { Inference } from '../../src-main/engine/inference.ts';
import { type Means, classifyPhoto } from '../../src-main/engine/photo.ts';
import { runPhotos } from '../../src-main/engine/pipeline.ts';
import { type Answer, Reading } from '../../src-main/engine/reading.ts';
import { thresholdsByNetwork } from '../../src-main/engine/demands.ts';
import { presets } from '../../src-main/contract/events.ts';
import { scan } from '../../src-main/library/index.ts';
import { loadPack, policyFor } from '../../src-main/packs/index.ts';

const shipped = fileURLToPath(new URL('../../models/photos', import.meta.url));

export async function run([folder, wanted = 'balanced', packFolder = shipped]: readonly string[]): Promise<void> {
  const preset = presets.find((name) => name === wanted);
  if (folder === undefined || preset === undefined) throw new Error('pipeline FOLDER [PRESET] [PACK]');
  const paths = (await Array.fromAsync(scan([folder]))).flatMap((found) => (found.kind === 'photo' ? [found.path] : []));
  const pack = await loadPack(packFolder);
  const reading = new Reading();
  const inference = new Inference({
    networks: pack.networks,
    provider: 'cpu',
    want: { features: pack.featuresNeeded, logits: false },
  });
  try {
    const { thresholds: perExit } = policyFor(pack, preset);
    const thresholds = thresholdsByNetwork(pack, perExit);
    const from = preset === 'full' ? 'scaled' : 'preview';
    const lead = async (means: Partial<Means>): Promise<number> => {
      const began = performance.now();
      const all: Means = { pack, reading, inference, thresholds, from, ...means };
      await runPhotos(
        paths,
        (path) => classifyPhoto(path, all),
        () => {},
        new AbortController().signal,
      );
      return performance.now() - began;
    };
    // What each photo's reads answer is kept, so that the network alone and reading alone do the very work of the whole.
    const answers = new Map<string, Answer>();
    const questions: Parameters<Reading['read']>[] = [];
    await lead({
      reading: {
        read: async (path, want, urgent) => {
          const answer = await reading.read(path, want, urgent);
          answers.set(`${path} ${want.need} ${want.from}`, answer);
          questions.push([path, want, urgent]);
          return answer;
        },
      },
    });
    const readAgain: Pick<Reading, 'read'> = { read: (path, want) => Promise.resolve(answers.get(`${path} ${want.need} ${want.from}`)!) };
    const ratios: number[] = [];
    console.log('round   reading alone s   network alone s   both at once s   slower half / both');
    for (let round = 1; round <= 5; round++) {
      const began = performance.now();
      await Promise.all(questions.map((question) => reading.read(...question)));
      const readMs = performance.now() - began;
      const networkMs = await lead({ reading: readAgain });
      const wholeMs = await lead({});
      ratios.push(Math.max(readMs, networkMs) / wholeMs);
      const columns = [readMs / 1000, networkMs / 1000, wholeMs / 1000, ratios.at(-1)!].map((value, i) =>
        value.toFixed(2).padStart([16, 18, 17, 21][i]!),
      );
      console.log(`${String(round).padStart(5)}${columns.join('')}`);
    }
    console.log(
      `${paths.length} photos, ${questions.length} reads, ${preset}; median ${ratios.toSorted((a, b) => a - b)[2]!.toFixed(2)} (0.85 is to be reached)`,
    );
  } finally {
    await Promise.all([reading.close(), inference.close()]);
  }
}
