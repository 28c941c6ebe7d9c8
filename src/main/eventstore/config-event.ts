import type { NewEvent } from '../../shared/model/event.ts';
import { goString } from '../../shared/model/go-string.ts';
import type { JsonText } from '../../shared/model/json-text.ts';
import type { TopicConfig, TopicOptions } from '../../shared/model/topic-config.ts';
import type { Place } from './topic-catalogue.ts';

/** Configuration events as the Go original writes them: members in byte order, the full new config, a source. */

export function topicCreated(topic: TopicConfig, restoredFrom?: string): NewEvent {
  const restored = restoredFrom === undefined ? '' : `"restored_from":${goString(restoredFrom)},`;
  return { type: 'TopicCreated', data: configData(topic), metadata: `{${restored}"source":"eventstore"}` as JsonText };
}

/** Carries the mark that its options replace the old ones; without it a replay merges them, as Go does. */
export function topicUpdated(topic: TopicConfig, previous: Place): NewEvent {
  const metadata =
    `{"previous_adapter":${goString(previous.adapter)},"previous_connection":${goString(previous.connection)}` +
    `,"replacesOptions":true,"source":"eventstore"}`;
  return { type: 'TopicUpdated', data: configData(topic), metadata: metadata as JsonText };
}

export function topicDeleted(name: string): NewEvent {
  return { type: 'TopicDeleted', data: `{"name":${goString(name)}}` as JsonText, metadata: '{"source":"eventstore"}' as JsonText };
}

function configData({ name, adapter, connection, options }: TopicConfig): JsonText {
  const members = [goString(adapter), goString(connection), goString(name), optionsText(options)];
  return `{"adapter":${members[0]},"connection":${members[1]},"name":${members[2]},"options":${members[3]}}` as JsonText;
}

function optionsText(options: TopicOptions): string {
  const byBytes = Object.entries(options).sort(([a], [b]) => compareUtf8(a, b));
  return `{${byBytes.map(([key, value]) => `${goString(key)}:${goString(value)}`).join(',')}}`;
}

/** Go sorts keys by their UTF-8 bytes, which is code point order; JavaScript's own order is by UTF-16 unit. */
function compareUtf8(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
