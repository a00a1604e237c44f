/**
 * A pickle read as data.
 *
 * Pickles are programs for a stack machine, and Python's runs whatever they name. This one builds dictionaries, lists, tuples, strings and
 * numbers; everything else that a pickle names or calls becomes an inert note of what it was (`Global`, `Call`, `Persistent`), for the
 * reader of the result to know or to refuse. It knows the opcodes that PyTorch writes, protocols 1 to 5 (protocol 0 cannot carry tensors).
 *
 * Nothing is nested in the reading, so depth costs nothing. Every string lies within the bytes, every opcode costs the same few steps, and
 * the number of steps is limited: work and memory are bounded by the length of the pickle.
 */
import { damaged, excessive, shown } from './faults.ts';

/** A list and a tuple are both arrays, a dictionary is a map. */
export type Value = null | boolean | number | bigint | string | Uint8Array | Value[] | Dictionary | Global | Call | Persistent;
export type Dictionary = Map<Value, Value>;

/** A function or class of Python, by name. */
export class Global {
  readonly name: string; // module and name, as `torch._utils._rebuild_tensor_v2`

  constructor(name: string) {
    this.name = name;
  }
}

/** What Python would have made by calling that function or class. */
export class Call {
  readonly name: string;
  readonly args: readonly Value[];

  constructor(name: string, args: readonly Value[]) {
    this.name = name;
    this.args = args;
  }
}

/** Something that lies outside the pickle: for PyTorch, a storage. */
export class Persistent {
  readonly id: Value;

  constructor(id: Value) {
    this.id = id;
  }
}

export interface Unpickled {
  readonly value: Value;
  readonly end: number; // bytes read
  readonly persistents: readonly Persistent[]; // all that were named, reached from `value` or not
}

const mostWork = 1_000_000; // opcodes; the largest network of the paper, its optimiser with it, needs 200,000
const longestInteger = 256; // bytes

/**
 * The value of the pickle at the start of `bytes`; what follows it is left alone.
 *
 * @throws {PackError} `checkpoint-damaged` or `checkpoint-excessive`
 */
export function unpickle(bytes: Buffer): Unpickled {
  const machine = new Machine(bytes);
  for (; machine.work < mostWork; machine.work++) {
    const at = machine.at;
    const opcode = machine.uint8();
    if (opcode === stop) return { value: machine.pop(), end: machine.at, persistents: machine.persistents };
    const step = steps.get(opcode);
    if (step === undefined)
      throw damaged(`The checkpoint's pickle has 0x${hex(opcode)} at byte ${at}, which is no opcode that torch.save writes.`);
    step(machine);
  }
  throw excessive(`The checkpoint's pickle takes more than ${mostWork} steps; the largest RANet needs a fifth of that.`);
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0');

/** The stack machine in the middle of its program. */
class Machine {
  readonly bytes: Buffer;
  at = 0;
  work = 0; // opcodes, and items of dictionaries that are copied
  readonly stack: Value[] = [];
  readonly marks: number[] = []; // heights of the stack
  readonly memo: Value[] = [];
  kept = 0; // places of the memo that are filled
  readonly persistents: Persistent[] = [];

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.bytes.length) {
      throw damaged(`The checkpoint's pickle wants ${length} bytes at byte ${this.at}, but only ${this.bytes.length - this.at} are left.`);
    }
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0) throw damaged(`The checkpoint's pickle has a line at byte ${this.at} that does not end.`);
    const text = this.take(end - this.at).toString();
    this.at += 1;
    return text;
  }

  uint8 = (): number => this.take(1).readUInt8();
  uint16 = (): number => this.take(2).readUInt16LE();
  int32 = (): number => this.take(4).readInt32LE();
  uint32 = (): number => this.take(4).readUInt32LE();
  uint64 = (): number => Number(this.take(8).readBigUInt64LE());

  push(value: Value): void {
    this.stack.push(value);
  }

  pop(): Value {
    const value = this.stack.length > (this.marks.at(-1) ?? 0) ? this.stack.pop() : undefined;
    if (value === undefined) throw damaged(`The checkpoint's pickle takes a value at byte ${this.at} where there is none.`);
    return value;
  }

  /** The values since the last mark, oldest first, and the mark with them. */
  popToMark(): Value[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw damaged(`The checkpoint's pickle goes back to a mark at byte ${this.at} where there is none.`);
    return this.stack.splice(mark);
  }

  popSome(n: number): Value[] {
    return Array.from({ length: n }, () => this.pop()).reverse();
  }

  top(): Value {
    const value = this.pop();
    this.push(value);
    return value;
  }

  /** Pickles number what they keep in order, so a number beyond all steps is no pickle's. (A map by numbers could be made slow: see `keyOf`.) */
  keep(index: number): void {
    if (index > mostWork) throw damaged(`The checkpoint's pickle keeps value ${index} at byte ${this.at}; at most ${mostWork} are kept.`);
    if (this.memo[index] === undefined) this.kept++;
    this.memo[index] = this.top();
  }

  recall(index: number): void {
    const value = this.memo[index];
    if (value === undefined) throw damaged(`The checkpoint's pickle recalls value ${index} at byte ${this.at}, which was not kept.`);
    this.push(value);
  }

  /** A storage; or a class of the network, which the stream keeps with its source text. */
  refer(id: Value): void {
    const [tag, type] = Array.isArray(id) ? id : [];
    if (tag === 'module' && type instanceof Global) {
      this.push(type);
    } else {
      const persistent = new Persistent(id);
      this.persistents.push(persistent);
      this.push(persistent);
    }
  }
}

type Step = (machine: Machine) => void;

const stop = 0x2e;

const steps: ReadonlyMap<number, Step> = new Map<number, Step>([
  [0x80, (m) => void m.uint8()], // PROTO
  [0x95, (m) => void m.uint64()], // FRAME

  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4b, (m) => m.push(m.uint8())], // BININT1
  [0x4d, (m) => m.push(m.uint16())], // BININT2
  [0x4a, (m) => m.push(m.int32())], // BININT
  [0x49, (m) => m.push(integerOrBoolean(m.line()))], // INT
  [0x4c, (m) => m.push(integerOf(m.line().replace(/L$/, '')))], // LONG
  [0x8a, (m) => m.push(integerFrom(m, m.uint8()))], // LONG1
  [0x8b, (m) => m.push(integerFrom(m, m.int32()))], // LONG4
  [0x47, (m) => m.push(m.take(8).readDoubleBE())], // BINFLOAT

  [0x8c, (m) => m.push(m.take(m.uint8()).toString())], // SHORT_BINUNICODE
  [0x58, (m) => m.push(m.take(m.uint32()).toString())], // BINUNICODE
  [0x8d, (m) => m.push(m.take(m.uint64()).toString())], // BINUNICODE8
  [0x55, (m) => m.push(m.take(m.uint8()).toString())], // SHORT_BINSTRING: a string of Python 2
  [0x54, (m) => m.push(m.take(m.uint32()).toString())], // BINSTRING
  [0x43, (m) => m.push(m.take(m.uint8()))], // SHORT_BINBYTES
  [0x42, (m) => m.push(m.take(m.uint32()))], // BINBYTES
  [0x8e, (m) => m.push(m.take(m.uint64()))], // BINBYTES8
  [0x96, (m) => m.push(m.take(m.uint64()))], // BYTEARRAY8

  [0x28, (m) => void m.marks.push(m.stack.length)], // MARK
  [0x30, pop], // POP
  [0x31, (m) => void m.popToMark()], // POP_MARK

  [0x29, (m) => m.push([])], // EMPTY_TUPLE
  [0x85, (m) => m.push(m.popSome(1))], // TUPLE1
  [0x86, (m) => m.push(m.popSome(2))], // TUPLE2
  [0x87, (m) => m.push(m.popSome(3))], // TUPLE3
  [0x74, (m) => m.push(m.popToMark())], // TUPLE
  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x61, (m) => append(m, [m.pop()])], // APPEND
  [0x65, (m) => append(m, m.popToMark())], // APPENDS
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x73, (m) => setItems(m, m.popSome(2))], // SETITEM
  [0x75, (m) => setItems(m, m.popToMark())], // SETITEMS
  [0x8f, (m) => m.push(new Call('set', []))], // EMPTY_SET: no set is of use here
  [0x90, (m) => append(m, m.popToMark())], // ADDITEMS
  [0x91, (m) => m.push(new Call('frozenset', [m.popToMark()]))], // FROZENSET

  [0x71, (m) => m.keep(m.uint8())], // BINPUT
  [0x72, (m) => m.keep(m.uint32())], // LONG_BINPUT
  [0x94, (m) => m.keep(m.kept)], // MEMOIZE
  [0x68, (m) => m.recall(m.uint8())], // BINGET
  [0x6a, (m) => m.recall(m.uint32())], // LONG_BINGET

  [0x63, (m) => m.push(new Global(`${m.line()}.${m.line()}`))], // GLOBAL
  [0x93, (m) => m.push(globalOf(m.popSome(2)))], // STACK_GLOBAL
  [0x52, (m) => call(m, m.popSome(2))], // REDUCE
  [0x81, (m) => call(m, m.popSome(2))], // NEWOBJ
  [0x92, (m) => call(m, m.popSome(3))], // NEWOBJ_EX
  [0x62, (m) => void m.pop()], // BUILD: attributes of what stands below, such as the `_metadata` of a state dictionary
  [0x51, (m) => m.refer(m.pop())], // BINPERSID
]);

/** A mark counts as a value for POP. */
function pop(m: Machine): void {
  if (m.marks.at(-1) === m.stack.length) m.marks.pop();
  else m.pop();
}

function append(m: Machine, values: readonly Value[]): void {
  const target = m.top();
  if (target instanceof Call) return;
  if (!Array.isArray(target)) throw damaged(`The checkpoint's pickle adds to something at byte ${m.at} that is no list.`);
  for (const value of values) target.push(value);
}

function setItems(m: Machine, pairs: readonly Value[]): void {
  const target = m.top();
  if (target instanceof Call) return;
  if (!(target instanceof Map)) throw damaged(`The checkpoint's pickle sets an item at byte ${m.at} of something that is no dictionary.`);
  if (pairs.length % 2 !== 0) throw damaged(`The checkpoint's pickle sets an item at byte ${m.at} that has a name but no value.`);
  for (let i = 0; i < pairs.length; i += 2) target.set(keyOf(pairs[i]!), pairs[i + 1]!);
}

/**
 * V8 hashes whole numbers by their lowest 64 bits, unseeded, so a file could give a dictionary keys that all collide: 80,000 of them took a
 * minute. Nobody asks for a number's entry, so a number becomes a note, and notes are hashed by what they are, not by what they hold.
 */
const keyOf = (key: Value): Value => (typeof key === 'number' || typeof key === 'bigint' ? new Call('number', [key]) : key);

function globalOf([module, name]: readonly Value[]): Global {
  if (typeof module !== 'string' || typeof name !== 'string')
    throw damaged("The checkpoint's pickle names a function by something that is no name.");
  return new Global(`${module}.${name}`);
}

/** Of all that a pickle calls, only an ordered dictionary is made: it is data. */
function call(m: Machine, [callee, args]: readonly Value[]): void {
  if (!(callee instanceof Global || callee instanceof Call) || !Array.isArray(args)) {
    throw damaged("The checkpoint's pickle calls something that is no function.");
  }
  m.push(callee.name === 'collections.OrderedDict' ? dictionaryOf(m, args[0] ?? []) : new Call(callee.name, args));
}

/** Python 2 hands the items of an ordered dictionary over as pairs, Python 3 sets them afterwards. */
function dictionaryOf(m: Machine, pairs: Value): Dictionary {
  if (!Array.isArray(pairs) || !pairs.every(isPair)) {
    throw damaged("The checkpoint's pickle makes a dictionary of something that is no list of pairs.");
  }
  m.work += pairs.length; // the pairs may be recalled from the memo for many dictionaries
  return new Map(pairs.map(([key, value]) => [keyOf(key), value]));
}

const isPair = (value: Value): value is [Value, Value] => Array.isArray(value) && value.length === 2;

/** INT carries the booleans of protocol 1. */
function integerOrBoolean(text: string): Value {
  if (text === '00' || text === '01') return text === '01';
  return integerOf(text);
}

function integerOf(text: string): Value {
  if (!/^-?\d{1,100}$/.test(text)) throw damaged(`The checkpoint's pickle has ${shown(text)} for a whole number.`);
  return narrow(BigInt(text));
}

/** Two's complement, little-endian. */
function integerFrom(m: Machine, length: number): Value {
  if (length < 0 || length > longestInteger)
    throw excessive(`The checkpoint's pickle has a whole number of ${length} bytes; at most ${longestInteger} are read.`);
  if (length === 0) return 0;
  const bigEndian = Buffer.from(m.take(length)).reverse();
  return narrow(BigInt.asIntN(8 * length, BigInt(`0x${bigEndian.toString('hex')}`)));
}

const narrow = (value: bigint): number | bigint => {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
};
