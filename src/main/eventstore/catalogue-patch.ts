import type { Topic } from '../../shared/model/topic-config.ts';
import type { TopicDifference } from './config-history.ts';
import type { Catalogue } from './topic-catalogue.ts';

/**
 * How a topic differs between two catalogues as operations of a JSON Patch (RFC 6902), each as text. It is for a document with a member for
 * each topic by its name, `{ adapter, connection, options }`, as the replay shows it.
 */
export function patchOperations({ topic, changed }: TopicDifference, before: Catalogue, after: Catalogue): string[] {
  const at = `/${topic.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const there = after.topics.get(topic);
  if (!there) return [operation('remove', at)];
  if (!before.topics.has(topic)) return [operation('add', at, topicText(there))];
  return changed.map(({ path, before: was, after: is }) =>
    is === null ? operation('remove', at + path) : operation(was === null ? 'add' : 'replace', at + path, JSON.stringify(is)),
  );
}

function operation(op: 'add' | 'remove' | 'replace', path: string, value: string | null = null): string {
  return `{"op":"${op}","path":${JSON.stringify(path)}${value === null ? '' : `,"value":${value}`}}`;
}

/** Written member by member: an option may be called `__proto__`. */
function topicText({ adapter, connection, options }: Topic): string {
  const members = Object.entries(options).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{"adapter":${JSON.stringify(adapter)},"connection":${JSON.stringify(connection)},"options":{${members.join(',')}}}`;
}
