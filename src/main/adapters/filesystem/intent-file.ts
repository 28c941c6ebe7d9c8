import { createHash } from 'node:crypto';
import { goString } from '../../../shared/model/go-string.ts';

/** A batch on its way into a topic. While its file is there, its versions are read from it and not from their own files. */
export interface Intent {
  readonly topic: string;
  readonly first: number;
  readonly last: number;
  /** One event's file content each, in version order. */
  readonly events: readonly string[];
}

export interface IntentName {
  /** First 16 hex digits of the SHA-256 of the topic's name: file names have no room for the name itself. */
  readonly topicHash: string;
  readonly first: number;
  readonly last: number;
}

export function topicHash(topic: string): string {
  return createHash('sha256').update(topic).digest('hex').slice(0, 16);
}

export function intentFileName(topic: string, first: number, last: number): string {
  return `${topicHash(topic)}-${first}-${last}.json`;
}

export function parseIntentName(name: string): IntentName | null {
  const match = /^([0-9a-f]{16})-([1-9]\d{0,15})-([1-9]\d{0,15})\.json$/.exec(name);
  if (!match) return null;
  const [, hash = '', first, last] = match;
  return Number(last) >= Number(first) ? { topicHash: hash, first: Number(first), last: Number(last) } : null;
}

/**
 * One JSON object: topic, first, last, checksum, events, with every event on a line of its own, byte for byte as its
 * file will be. The checksum is the SHA-256 of the lines.
 */
export function encodeIntent(intent: Intent): string {
  const body = intent.events.join(',\n');
  return `{"topic":${goString(intent.topic)},"first":${intent.first},"last":${intent.last},"checksum":"${sum(body)}","events":[\n${body}\n]}\n`;
}

/** Null for anything that `encodeIntent` did not write whole. */
export function parseIntent(text: string): Intent | null {
  const headEnd = text.indexOf('\n');
  const head = text.slice(0, headEnd);
  if (headEnd < 0 || !head.endsWith('"events":[') || !text.endsWith('\n]}\n')) return null;
  const body = text.slice(headEnd + 1, -4);
  let facts: unknown;
  try {
    facts = JSON.parse(`${head}]}`);
  } catch {
    return null;
  }
  const { topic, first, last, checksum } = facts as Record<string, unknown>;
  if (typeof topic !== 'string' || typeof first !== 'number' || typeof last !== 'number' || checksum !== sum(body)) return null;
  const events = body.split(',\n');
  return events.length === last - first + 1 ? { topic, first, last, events } : null;
}

function sum(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
