import type { TopicEntry } from '../../../../shared/ipc/contract/topics.ts';

/** What can be said of a new name while it is typed; main has the last word. */
export function nameFault(name: string, topics: readonly TopicEntry[]): string | null {
  if (name === '') return null;
  if (topics.some((topic) => topic.name === name)) return 'A topic of this name exists already.';
  const folded = name.normalize('NFKC').toLowerCase();
  const similar = topics.find((topic) => topic.name.normalize('NFKC').toLowerCase() === folded);
  if (similar) return `Too close to “${similar.name}”: some systems take them for the same.`;
  if (/^\s|\s$/.test(name)) return 'A name cannot begin or end with a space.';
  const odd = /[^\p{L}\p{M}\p{Nd}._ -]/u.exec(name);
  if (odd) return `“${odd[0]}” cannot be in a name.`;
  return new TextEncoder().encode(name).length > 200 ? 'A name has at most 200 bytes.' : null;
}
