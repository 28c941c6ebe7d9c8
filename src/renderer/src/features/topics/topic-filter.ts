import type { TopicEntry } from '../../../../shared/ipc/contract/topics.ts';

/** What a filter asks of a topic; every part of it must hold. */
export interface TopicFilter {
  /** Parts of the name, lower case. */
  readonly words: readonly string[];
  /** `adapter:sqlite`, the beginning is enough. */
  readonly adapters: readonly string[];
  /** `in:orders.db`, a part of the connection. */
  readonly connections: readonly string[];
  /** `option:key` or `option:key=value`, parts of both. */
  readonly options: readonly string[];
  /** `problem:` any, `problem:data-missing` the beginning of a code. */
  readonly problems: readonly string[];
}

const FIELDS = { adapter: 'adapters', in: 'connections', option: 'options', problem: 'problems' } as const satisfies Record<
  string,
  keyof TopicFilter
>;

/** Words and `field:value` pairs between spaces; a value in double quotes may hold spaces. What is no known field is a word. */
export function parseTopicFilter(text: string): TopicFilter {
  const filter = { words: [], adapters: [], connections: [], options: [], problems: [] } as { [Part in keyof TopicFilter]: string[] };
  for (const [whole, field, quoted, plain] of text.toLowerCase().matchAll(/(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))/g)) {
    const bare = /^([a-z]+):$/.exec(whole)?.[1];
    const name = field ?? bare;
    const part = name !== undefined && Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof typeof FIELDS] : null;
    if (part === null) filter.words.push(quoted !== undefined && field === undefined ? quoted : whole);
    else filter[part].push(bare === undefined ? (quoted ?? plain ?? '') : '');
  }
  return filter;
}

/** `problems`: the codes of what is known to be wrong, by topic. */
export function matchesTopic(filter: TopicFilter, topic: TopicEntry, problems: ReadonlyMap<string, readonly string[]>): boolean {
  const name = topic.name.toLowerCase();
  const has = (wanted: string): boolean => problems.get(topic.name)?.some((code) => code.startsWith(wanted)) ?? false;
  return (
    filter.words.every((word) => name.includes(word)) &&
    filter.adapters.every((adapter) => topic.adapter.toLowerCase().startsWith(adapter)) &&
    filter.connections.every((part) => topic.connection.toLowerCase().includes(part)) &&
    filter.problems.every(has) &&
    filter.options.every((wanted) => hasOption(topic, wanted))
  );
}

function hasOption({ options }: TopicEntry, wanted: string): boolean {
  const at = wanted.indexOf('=');
  const key = at === -1 ? wanted : wanted.slice(0, at);
  const text = at === -1 ? '' : wanted.slice(at + 1);
  return Object.entries(options).some(([name, value]) => name.toLowerCase().includes(key) && value.toLowerCase().includes(text));
}
