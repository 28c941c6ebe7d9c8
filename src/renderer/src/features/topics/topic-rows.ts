import type { TopicEntry } from '../../../../shared/ipc/contract/topics.ts';

/** The topics of one repository. */
export interface TopicGroup {
  /** One text for each adapter and connection. */
  readonly key: string;
  readonly adapter: string;
  readonly connection: string;
  readonly topics: readonly TopicEntry[];
}

/** One row of the list: a repository's head, or a topic. */
export type ListRow =
  | { readonly kind: 'group'; readonly group: TopicGroup; readonly collapsed: boolean }
  | { readonly kind: 'topic'; readonly group: TopicGroup; readonly topic: TopicEntry; readonly position: number };

const groupKey = ({ adapter, connection }: Pick<TopicEntry, 'adapter' | 'connection'>): string => `${adapter}:${connection}`;

/** Topics by repository, the one that holds the configuration first, the others by adapter and connection. */
export function groupTopics(topics: readonly TopicEntry[]): readonly TopicGroup[] {
  const groups = new Map<string, { adapter: string; connection: string; topics: TopicEntry[] }>();
  for (const topic of topics) {
    const key = groupKey(topic);
    const group = groups.get(key);
    if (group) group.topics.push(topic);
    else groups.set(key, { adapter: topic.adapter, connection: topic.connection, topics: [topic] });
  }
  const isOwn = (group: { readonly topics: readonly TopicEntry[] }): number => (group.topics.some(({ reserved }) => reserved) ? 0 : 1);
  return [...groups].map(([key, group]) => ({ key, ...group })).sort((a, b) => isOwn(a) - isOwn(b) || (a.key < b.key ? -1 : 1));
}

export function listRows(groups: readonly TopicGroup[], collapsed: ReadonlySet<string>): readonly ListRow[] {
  const rows: ListRow[] = [];
  for (const group of groups) {
    const isCollapsed = collapsed.has(group.key);
    rows.push({ kind: 'group', group, collapsed: isCollapsed });
    if (isCollapsed) continue;
    for (const [index, topic] of group.topics.entries()) rows.push({ kind: 'topic', group, topic, position: index + 1 });
  }
  return rows;
}

/** Whether the cursor stops there: on topics, and on a head that stands for topics that are hidden. */
export const isStop = (row: ListRow | undefined): boolean => row?.kind === 'topic' || row?.collapsed === true;

/** The stop `steps` stops away from row `from`, as far as there are any; -1 where there is none at all. */
export function stepFrom(rows: readonly ListRow[], from: number, steps: number): number {
  const direction = steps < 0 ? -1 : 1;
  let at = from;
  let found = isStop(rows[from]) ? from : -1;
  for (let left = Math.abs(steps); left > 0;) {
    at += direction;
    if (at < 0 || at >= rows.length) break;
    if (!isStop(rows[at])) continue;
    found = at;
    left--;
  }
  return found;
}

/** The next topic from row `from` whose name begins with what was typed; one letter again and again goes from one to the next. */
export function rowTyped(rows: readonly ListRow[], from: number, typed: string): number {
  const wanted = typed.toLowerCase();
  const same = wanted.length > 1 && wanted === wanted[0]?.repeat(wanted.length);
  const start = same ? (wanted[0] ?? '') : wanted;
  const first = wanted.length === 1 || same ? from + 1 : Math.max(0, from);
  for (let step = 0; step < rows.length; step++) {
    const at = (first + step) % rows.length;
    const row = rows[at];
    if (row?.kind === 'topic' && row.topic.name.toLowerCase().startsWith(start)) return at;
  }
  return -1;
}

/** What stands for a connection in a list. */
export function placeName(adapter: string, connection: string): string {
  if (connection === '.') return 'this store';
  return connection === '' ? `${adapter} of this store` : connection;
}
