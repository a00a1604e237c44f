/** What a checkpoint is read for: the weights that `state_dict` names, and the labels beside them if there are any. */
import type { Tensor, Weights } from '../weights.ts';
import { excessive, shown, unfit } from './faults.ts';
import type { Container } from './storage.ts';
import { described, elementsOf, type View, viewOf } from './tensor.ts';
import type { Value } from './unpickle.ts';

export interface Checkpoint {
  readonly weights: Weights;
  readonly labels: readonly string[] | null; // collection keys in class order
}

/** Memory that weights may take: float16 needs three times its file, sharing and compression a little more. */
const bytesPerFileByte = 16;
const bytesBeside = 2 ** 26;

/**
 * The optimiser's state and whatever else lies beside the two entries is not looked at. A dictionary without `state_dict` is one itself.
 *
 * @param fileBytes length of the whole file, which bounds the memory that is taken
 * @throws {PackError} `checkpoint-unfit`, `checkpoint-damaged` or `checkpoint-excessive`
 */
export async function contentsOf(container: Container, fileBytes: number): Promise<Checkpoint> {
  const { root } = container;
  if (!(root instanceof Map)) throw unfit(`The checkpoint is ${described(root)}; expected a dictionary with a state_dict in it.`);
  const named = root.has('state_dict');
  const labels = named ? labelsOf(root.get('labels') ?? null) : null;
  const views = viewsOf(named ? root.get('state_dict')! : root);
  return { labels, weights: await readWeights(views, container, spender(fileBytes)) };
}

function labelsOf(value: Value): readonly string[] | null {
  if (value === null) return null;
  if (!Array.isArray(value)) throw unfit(`The checkpoint's labels are ${described(value)}; expected a list of names.`);
  return value.map((label, i) => {
    if (typeof label === 'string') return label;
    throw unfit(`The checkpoint's labels hold ${described(label)} at place ${i}; expected a name.`);
  });
}

/** Tensors by their name without `module.`, which the authors' code puts before each; counters of batches are left out. */
function viewsOf(stateDict: Value): Map<string, View> {
  if (!(stateDict instanceof Map)) throw unfit(`The checkpoint's state_dict is ${described(stateDict)}; expected a dictionary of tensors.`);
  const views = new Map<string, View>();
  for (const [fullName, value] of stateDict) {
    if (typeof fullName !== 'string') throw unfit(`The checkpoint's state_dict holds ${described(fullName)} for a name.`);
    const view = viewOf(value, fullName);
    if (fullName.endsWith('num_batches_tracked')) continue;
    if (view.storage.toFloat32 === null) {
      throw unfit(`The tensor ${shown(fullName)} is stored as ${view.storage.kind}; expected float32, float16, bfloat16 or float64.`);
    }
    const name = fullName.replace(/^module\./, '');
    if (views.has(name)) throw unfit(`The checkpoint's state_dict holds the tensor ${shown(name)} twice, with and without "module.".`);
    views.set(name, view);
  }
  if (views.size === 0) throw unfit("The checkpoint's state_dict holds no tensor.");
  return views;
}

async function readWeights(views: ReadonlyMap<string, View>, container: Container, spend: (bytes: number) => void): Promise<Weights> {
  const storages = new Map<string, Float32Array>();
  const weights = new Map<string, Tensor>();
  for (const [name, view] of views) {
    const { storage, shape, elements } = view;
    const id = `${storage.kind} ${storage.key}`;
    let stored = storages.get(id);
    if (stored === undefined) {
      spend(storage.bytes + 4 * storage.elements);
      stored = storage.toFloat32!(await container.read(storage));
      storages.set(id, stored);
    }
    spend(4 * elements);
    weights.set(name, { shape, data: elementsOf(view, stored) });
  }
  return weights;
}

function spender(fileBytes: number): (bytes: number) => void {
  const most = bytesBeside + bytesPerFileByte * fileBytes;
  let spent = 0;
  return (bytes) => {
    spent += bytes;
    if (spent > most)
      throw excessive(`The checkpoint's weights would take more than ${most} bytes of memory, though its file has only ${fileBytes}.`);
  };
}
