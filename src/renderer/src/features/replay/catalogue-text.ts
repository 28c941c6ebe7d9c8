import type { PastTopic } from '../../../../shared/ipc/contract/replay.ts';

/** Topics as one JSON object by name, and where in it the value of each topic begins. */
export interface CatalogueText {
  readonly text: string;
  readonly places: ReadonlyMap<string, number>;
}

/** Written member by member, so that a topic or an option that is called `__proto__` is one like any other. */
export function catalogueText(topics: readonly PastTopic[]): CatalogueText {
  const places = new Map<string, number>();
  const parts: string[] = [];
  let length = 1;
  for (const topic of topics) {
    const key = `${parts.length === 0 ? '' : ','}${JSON.stringify(topic.name)}:`;
    places.set(topic.name, length + key.length);
    const part = key + topicText(topic);
    parts.push(part);
    length += part.length;
  }
  return { text: `{${parts.join('')}}`, places };
}

function topicText({ adapter, connection, options, more }: PastTopic): string {
  const members = options.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  if (more > 0) members.push(`"…":"${more} more options"`);
  return `{"adapter":${JSON.stringify(adapter)},"connection":${JSON.stringify(connection)},"options":{${members.join(',')}}}`;
}
