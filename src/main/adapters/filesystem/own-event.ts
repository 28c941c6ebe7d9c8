import { JSON_STRING, JSON_VALUE, QUICK_LENGTH } from '../../../shared/model/compact-json.ts';
import type { StoredEvent } from '../../../shared/model/event.ts';
import type { JsonText } from '../../../shared/model/json-text.ts';

const MEMBERS = [
  `"id":(${JSON_STRING})`,
  `"topic":(${JSON_STRING})`,
  `"type":(${JSON_STRING})`,
  `"data":(${JSON_VALUE})`,
  `"metadata":(${JSON_VALUE})`,
  String.raw`"timestamp":(-?(?:0|[1-9]\d{0,18}))`,
  String.raw`"version":([1-9]\d{0,15})`,
];
const OWN = new RegExp(String.raw`^\{${MEMBERS.join(',')}\}$`);

/**
 * Reads a well-formed text that `encodeEvent` wrote of this version of this topic: one expression finds its members and proves that
 * it is JSON. Null for anything else, which may still be an event.
 */
export function readOwnEvent(text: string, topic: string, version: number): StoredEvent | null {
  const found = text.length <= QUICK_LENGTH ? OWN.exec(text) : null;
  if (!found) return null;
  const [, id = '', ownTopic = '', type = '', data, metadata, time = '', ownVersion] = found;
  const timestamp = BigInt(time);
  if (ownVersion !== String(version) || BigInt.asIntN(64, timestamp) !== timestamp || textOf(ownTopic) !== topic) return null;
  return { id: textOf(id), topic, type: textOf(type), data: data as JsonText, metadata: metadata as JsonText, timestamp, version };
}

/** What a string literal stands for. */
function textOf(literal: string): string {
  return literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
}
