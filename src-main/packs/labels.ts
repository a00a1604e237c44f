/**
 * What the classes of a network are called, and the collections and groups they belong to.
 *
 * Three forms are taken: leaves under collections (a `.labels.json`, also as `packs export` writes it), a list of collections that are the
 * classes themselves (a `.labels.json` too), and a list of their keys alone (in a checkpoint).
 */
import * as v from 'valibot';
import { PackError } from '../contract/errors.ts';
import type { Collection, Group } from './manifest.ts';

export interface Labels {
  readonly collections: Collection[];
  readonly groups: Group[]; // none where the collections belong to none
  readonly classes: { name: string; collection: string }[]; // in the order of the logits
}

const Name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const titled = { key: Name, title: Name };

const Keys = v.array(Name);
const Plain = v.array(v.object({ id: v.number(), ...titled }));
const Leaves = v.object({
  leaves: v.array(v.object({ leaf: Name, collection: Name })),
  collections: v.array(v.object({ ...titled, group: v.optional(Name) })),
  groups: v.optional(v.array(v.object(titled)), []),
});

/**
 * Whether there are as many classes as the network has is for the caller to check.
 *
 * @param value what JSON.parse made of a labels file, or the labels of a checkpoint
 * @throws {PackError} `labels`, naming the key or the field
 */
export function parseLabels(value: unknown): Labels {
  if (!Array.isArray(value)) return underCollections(parse(Leaves, value));
  if (typeof value[0] === 'string') return ofCollections(parse(Keys, value).map((key) => ({ key, title: key })));
  const labels = parse(Plain, value);
  labels.forEach(({ id, key }, place) => {
    if (id !== place)
      throw refused(`"${key}" has the id ${id} but stands at place ${place}; the labels must be in the order of the classes`);
  });
  return ofCollections(labels.map(({ key, title }) => ({ key, title })));
}

function parse<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const field = v.getDotPath<S>(issue);
  throw refused(field === null ? issue.message : `${field}: ${issue.message}`);
}

function ofCollections(collections: Collection[]): Labels {
  refuseTwins('collection', collections);
  return { collections, groups: [], classes: collections.map(({ key, title }) => ({ name: title, collection: key })) };
}

function underCollections({ leaves, collections, groups }: v.InferOutput<typeof Leaves>): Labels {
  const groupKeys = refuseTwins('group', groups);
  const collectionKeys = refuseTwins('collection', collections);
  for (const { key, group } of collections) {
    if (group !== undefined && !groupKeys.has(group))
      throw refused(`the collection "${key}" belongs to the group "${group}", which is not among the groups`);
  }
  for (const { leaf, collection } of leaves) {
    if (!collectionKeys.has(collection))
      throw refused(`the leaf "${leaf}" belongs to the collection "${collection}", which is not among the collections`);
  }
  return { collections, groups, classes: leaves.map(({ leaf, collection }) => ({ name: leaf, collection })) };
}

function refuseTwins(kind: string, named: readonly { key: string }[]): Set<string> {
  const keys = new Set<string>();
  for (const { key } of named) {
    if (keys.has(key)) throw refused(`the ${kind} "${key}" is there twice`);
    keys.add(key);
  }
  return keys;
}

const refused = (what: string): PackError =>
  new PackError('labels', `The labels cannot be used: ${what}.`, {
    hint: 'Expected {leaves: [{leaf, collection}], collections: [{key, title, group}], groups: [{key, title}]}, or [{id, key, title}].',
  });
