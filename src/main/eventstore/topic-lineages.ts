import type { Topic } from '../../shared/model/topic-config.ts';
import type { ConfigChange } from './topic-catalogue.ts';

/** What a deletion put into the trash. */
export interface DeletedTopic {
  readonly topic: Topic;
  readonly lineage: number;
}

/**
 * Whose data is whose. A topic that comes back from the trash is another incarnation and has the same data: incarnations that
 * share their data are one lineage, known by the first of them.
 */
export interface TopicLineages {
  readonly of: (topic: Topic) => number;
  /** What the deletion of a configuration version put away; undefined where there was none. */
  readonly deletedAt: (version: number) => DeletedTopic | undefined;
}

/** Give `add` what every configuration event changed, in order of version, skipped ones too. */
export function createTopicLineages(): TopicLineages & { readonly add: (change: ConfigChange) => void } {
  const lineages = new Map<number, number>();
  const living = new Map<string, Topic>();
  const deleted = new Map<number, DeletedTopic>();

  const lineageOf = (topic: Topic): number => lineages.get(topic.incarnation) ?? topic.incarnation;

  const begun = (after: Topic, restoredFrom: string | undefined): number => {
    const source = restoredFrom === undefined ? undefined : deleted.get(entryVersion(restoredFrom));
    if (source) return source.lineage;
    // A second TopicCreated of a living name, as foreign programs may write it, leaves the data where it is.
    const before = living.get(after.name);
    return before && before.adapter === after.adapter && before.connection === after.connection ? lineageOf(before) : after.incarnation;
  };

  const add = ({ version, type, topic, after, restoredFrom, problem }: ConfigChange): void => {
    if (problem || topic === null) return;
    if (after) {
      if (type === 'TopicCreated') lineages.set(after.incarnation, begun(after, restoredFrom));
      living.set(topic, after);
      return;
    }
    const before = living.get(topic);
    if (before) deleted.set(version, { topic: before, lineage: lineageOf(before) });
    living.delete(topic);
  };
  return { add, of: lineageOf, deletedAt: (version) => deleted.get(version) };
}

/** The version of the deletion that an entry of the trash is named after; NaN where it is named otherwise. */
export function entryVersion(entry: string): number {
  return Number(/^(\d+)(?:\.\d+)?$/.exec(entry)?.[1] ?? NaN);
}
