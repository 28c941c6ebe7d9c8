import type { PastTopic } from '../../../../shared/ipc/contract/replay.ts';
import type { SlicedWork } from '../../json/sliced.ts';

/** Topics as one JSON object by name, over lines, and where in it the value of each topic begins. */
export interface CatalogueText {
  readonly text: string;
  readonly places: ReadonlyMap<string, number>;
}

/** Written member by member, so that a topic or an option that is called `__proto__` is one like any other. */
export function* catalogueText(topics: readonly PastTopic[]): SlicedWork<CatalogueText> {
  if (topics.length === 0) return { text: '{}', places: new Map() };
  const places = new Map<string, number>();
  let text = '{';
  for (const [at, topic] of topics.entries()) {
    if (at % 64 === 63) yield at;
    text += `${text === '{' ? '' : ','}\n  ${JSON.stringify(topic.name)}: `;
    places.set(topic.name, text.length);
    text += topicText(topic);
  }
  return { text: `${text}\n}`, places };
}

function topicText({ adapter, connection, options, more }: PastTopic): string {
  const pairs = more > 0 ? [...options, ['…', `${more} more options`] as const] : options;
  const members = pairs.map(([key, value]) => `\n      ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const all = members.length === 0 ? '{}' : `{${members.join(',')}\n    }`;
  return `{\n    "adapter": ${JSON.stringify(adapter)},\n    "connection": ${JSON.stringify(connection)},\n    "options": ${all}\n  }`;
}
