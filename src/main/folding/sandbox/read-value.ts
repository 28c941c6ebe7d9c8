import type { JsonText } from '../../../shared/model/json-text.ts';
import { TAG } from './binary-value.ts';
import { openByteReader } from './byte-reader.ts';
import { plainStateText } from './plain-state-text.ts';

/** A value as its bytes say it. Members keep the order in which they were made. */
type Value = null | undefined | boolean | number | bigint | string | ListValue | ObjectValue;

interface ListValue {
  readonly kind: 'list';
  readonly items: Value[];
}

interface ObjectValue {
  readonly kind: 'object';
  readonly keys: string[];
  readonly values: Value[];
}

/** UTF-16 units of the longest text a state is written as. One object in many places is written in each of them. */
const MOST_STATE_CHARS = 128 * 1024 * 1024;

export class StateTooLong extends Error {}

/**
 * The JSON text of a packed state, from the sandbox's `[exact, bare, links, state]` (see prelude/look-at-state.ts): bigints as plain integers, exact numbers as they
 * were, -0 as -0, members that are undefined left out, members with the name of an index first and in their order.
 * Only for what was packed without a fault.
 * @throws StateTooLong
 */
export function packedStateText(packed: Uint8Array): JsonText {
  const plain = plainStateText(packed);
  if (plain !== null) return plain as JsonText;
  const root = readValue(packed);
  if (!isList(root) || root.items.length !== 4) throw new Error('These are not the bytes of a packed state.');
  const [exactPlaces, , links, state] = root.items;
  tie(state, links);
  return valueText(state, exactValues(state, exactPlaces)) as JsonText;
}

const isList = (value: Value): value is ListValue => typeof value === 'object' && value?.kind === 'list';

function readValue(bytes: Uint8Array): Value {
  const reader = openByteReader(bytes);

  const key = (): string => {
    const number = reader.key();
    return number < 0 ? String(-1 - number) : (reader.keys[number] ?? '');
  };

  const read = (): Value => {
    switch (reader.tag()) {
      case TAG.null:
        return null;
      case TAG.undefined:
        return undefined;
      case TAG.false:
        return false;
      case TAG.true:
        return true;
      case TAG.int32:
        return reader.integer();
      case TAG.float64:
        return reader.double();
      case TAG.text:
        return reader.text();
      case TAG.bigint:
        return reader.bigint();
      case TAG.object: {
        const value: ObjectValue = { kind: 'object', keys: [], values: [] };
        for (let left = reader.count(); left > 0; left--) {
          value.keys.push(key());
          value.values.push(read());
        }
        return value;
      }
      case TAG.array: {
        const value: ListValue = { kind: 'list', items: [] };
        for (let left = reader.count(); left > 0; left--) value.items.push(read());
        return value;
      }
      default:
        throw new Error('The bytes of a value hold something that no state has.');
    }
  };

  return read();
}

/** Puts objects that stand in several places into the others too. Links are triples: holder, member, what stands there. */
function tie(state: Value, links: Value): void {
  if (!isList(links) || links.items.length === 0) return;
  const objects = numbered(state);
  const places = new Map<ObjectValue, ReadonlyMap<string, number>>();
  for (let i = 0; i < links.items.length; i += 3) {
    const [holder, member, target] = links.items.slice(i, i + 3);
    const into = objects[Number(holder)];
    const value = objects[Number(target)];
    if (into?.kind === 'list') into.items[Number(member)] = value;
    else if (into) {
      const known = places.get(into) ?? new Map(into.keys.map((key, index) => [key, index]));
      places.set(into, known);
      into.values[known.get(nameOf(member)) ?? -1] = value;
    }
  }
}

/** Every object of a tree, each before those in it: the order in which the sandbox numbers them. */
function numbered(root: Value): (ListValue | ObjectValue)[] {
  const found: (ListValue | ObjectValue)[] = [];
  const visit = (value: Value): void => {
    if (typeof value !== 'object' || value === null) return;
    found.push(value);
    for (const item of value.kind === 'list' ? value.items : value.values) visit(item);
  };
  visit(root);
  return found;
}

/** The objects that stand for exact numbers, by their places: keys and indexes from the root. */
function exactValues(state: Value, places: Value): ReadonlySet<Value> {
  const found = new Set<Value>();
  if (!isList(places)) return found;
  for (const place of places.items) {
    let value = state;
    for (const step of isList(place) ? place.items : []) value = memberOf(value, step);
    found.add(value);
  }
  return found;
}

const nameOf = (member: Value): string => (typeof member === 'string' ? member : '');

function memberOf(value: Value, step: Value): Value {
  if (typeof value !== 'object' || value === null) return undefined;
  if (value.kind === 'list') return value.items[Number(step)];
  return value.values[value.keys.indexOf(nameOf(step))];
}

/** A number as JSON has it; what a hostile fold gave out as one is refused. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function valueText(root: Value, exact: ReadonlySet<Value>): string {
  let left = MOST_STATE_CHARS;
  const spend = (text: string): string => {
    left -= text.length;
    if (left < 0) throw new StateTooLong();
    return text;
  };

  const write = (value: Value): string => {
    switch (typeof value) {
      case 'string':
        return spend(JSON.stringify(value));
      case 'number':
        if (!Number.isFinite(value)) throw new Error('This state cannot be shown.');
        return spend(Object.is(value, -0) ? '-0' : String(value));
      case 'object':
        break;
      default:
        return spend(String(value));
    }
    if (value === null) return spend('null');
    if (value.kind === 'list')
      return `[${value.items
        .map((item) => write(item) + spend(','))
        .join('')
        .slice(0, -1)}]`;
    if (exact.has(value)) return spend(exactText(value));
    const members = inOrder(value).flatMap(([key, item]) =>
      item === undefined ? [] : [`${spend(`${JSON.stringify(key)}:`)}${write(item)}`],
    );
    return `{${members.join(',')}}`;
  };
  return write(root);
}

function exactText({ keys, values }: ObjectValue): string {
  const text = values[keys.indexOf('text')];
  if (typeof text === 'string' && NUMBER.test(text)) return text;
  throw new Error('An exact number lost its text.');
}

/** Members in the order JavaScript lists them: array indexes first, by value, then the others as they were made. */
function inOrder({ keys, values }: ObjectValue): (readonly [string, Value])[] {
  const members = keys.map((key, index) => [key, values[index]] as const);
  if (!keys.some(isIndex)) return members;
  const indexes = members.filter(([key]) => isIndex(key)).sort(([a], [b]) => Number(a) - Number(b));
  return [...indexes, ...members.filter(([key]) => !isIndex(key))];
}

const isIndex = (key: string): boolean => /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
