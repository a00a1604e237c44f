/**
 * The door for configurations: whatever comes from a file passes here, and what passes can be built and run.
 *
 * The rules are those under which the authors' network runs: a map too small or too large for an exit's pooling, for instance, fails
 * there in the linear layer. Here it is refused by name before anything is built.
 */
import * as v from 'valibot';
import { PackError } from '../contract/errors.ts';
import { growthOf } from './block.ts';
import { costsOf } from './macs.ts';
import { blockCounts, layersOf, type Plan, planOf } from './plan.ts';
import { type RanetConfig, RanetSchema } from './schema.ts';

export type { RanetConfig } from './schema.ts';

/** Bounds in time and memory. ONNX keeps a network in one message of at most 2 GB. */
const maxLayers = 2048;
const maxParameters = 500_000_000;
const maxMap = 2 ** 27; // values of one feature map of one picture

/**
 * A configuration that can be built, from anything.
 *
 * @throws {PackError} `ranet-config`, naming the field, what was expected and what came
 */
export function parseConfig(value: unknown): RanetConfig {
  const parsed = v.safeParse(RanetSchema, value, { abortEarly: true });
  if (!parsed.success) refuse(sentence(parsed.issues[0]));
  const config = parsed.output;
  checkLists(config);
  checkGrowth(config);
  checkLayers(config);
  const plan = planOf(config);
  checkTransitions(plan);
  checkExits(plan);
  checkSize(plan);
  return config;
}

function refuse(message: string, hint?: string): never {
  throw new PackError('ranet-config', `This is no RANet configuration that can run: ${message}`, hint === undefined ? {} : { hint });
}

function sentence(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue)?.replace(/\.(\d+)/g, '[$1]');
  if (path === undefined) return `expected ${issue.message}, but got ${shown(issue.input)}.`;
  if (issue.input === undefined) return `the field ${path} is missing.`;
  return `${path} is ${shown(issue.input)}; expected ${issue.message}.`;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function checkLists({ scaleList, grFactor, bnFactor }: RanetConfig): void {
  if (new Set([scaleList.length, grFactor.length, bnFactor.length]).size > 1) {
    refuse(
      `scaleList, grFactor and bnFactor need one entry per sub-network each, ` +
        `but have ${scaleList.length}, ${grFactor.length} and ${bnFactor.length}.`,
    );
  }
  for (const [s, scale] of scaleList.slice(1).entries()) {
    const before = scaleList[s]!;
    if (scale === before || scale === before + 1) continue;
    refuse(`scaleList is ${scaleList.join('-')}; each scale must equal the one before it or be 1 above, but ${scale} follows ${before}.`);
  }
}

function checkGrowth(config: RanetConfig): void {
  if (config.scaleList.length > 1 && config.step < 2) {
    refuse(`step is ${config.step}; with more than one sub-network a block needs at least 2 layers.`);
  }
  for (let s = 1; s < config.scaleList.length; s++) {
    const { growth, fromCoarser } = growthOf(config, s);
    if (fromCoarser >= 1 && growth - fromCoarser >= 1) continue;
    refuse(
      `compressFactor ${config.compressFactor} splits the ${growth} channels that sub-network ${s + 1} of ${config.scaleList.length} grows by ` +
        `(growthRate ${config.growthRate} times grFactor ${config.grFactor[s]!}) ` +
        `into ${fromCoarser} from the coarser sub-network and ${growth - fromCoarser} of its own; each must be at least 1.`,
    );
  }
}

/** Before the plan is made, which takes time and memory by the layer. */
function checkLayers(config: RanetConfig): void {
  let layers = 0;
  for (const blocks of blockCounts(config)) for (let b = 0; b < blocks; b++) layers += layersOf(config, b);
  if (layers > maxLayers) {
    refuse(`nBlocks, blockStep and step make ${layers} layers; at most ${maxLayers} can be built.`);
  }
}

function checkTransitions({ subnets, config }: Plan): void {
  const empty = subnets.flat().find(({ transition }) => transition !== null && transition.to < 1);
  if (empty) {
    refuse(
      `reduction ${config.reduction} leaves none of the ${empty.transition!.from} channels ` +
        `in the transition of sub-network ${empty.subnet + 1}, block ${empty.index + 1}; it must leave at least 1.`,
    );
  }
}

/** Two convolutions of stride 2 and a 2x2 pooling must leave exactly one place. The exits of one sub-network see the same side. */
function checkExits({ subnets, config }: Plan): void {
  const sides = subnets.map((blocks) => blocks.at(-1)!.output.side);
  if (sides.every((side) => side >= 5 && side <= 12)) return;
  const { stem, inputSize, scaleList } = config;
  refuse(
    `inputSize ${inputSize} with stem ${stem} and scaleList ${scaleList.join('-')} gives maps of side ${sides.join(', ')} ` +
      `at the exits of ${sides.length === 1 ? 'its sub-network' : 'its sub-networks'}; each must be 5 to 12.`,
    'Change inputSize or scaleList: each rise of scale halves the maps, and the ImageNet stem halves them twice more.',
  );
}

function checkSize(plan: Plan): void {
  const { parameters } = costsOf(plan).at(-1)!;
  if (parameters > maxParameters) {
    refuse(
      'nChannels, growthRate, their factors, numClasses and the numbers of blocks and layers ' +
        `make more than ${maxParameters.toLocaleString('en')} parameters, too many for one graph.`,
    );
  }
  const stem = plan.stem.convolutions.map(({ to, side }) => ({ channels: to, side }));
  const maps = [...stem, ...plan.subnets.flat().flatMap(({ features, output }) => [...features, output])];
  if (maps.some(({ channels, side }) => channels * side ** 2 > maxMap)) {
    refuse(`inputSize ${plan.config.inputSize} and the numbers of channels make a map of more than ${maxMap.toLocaleString('en')} values.`);
  }
}
