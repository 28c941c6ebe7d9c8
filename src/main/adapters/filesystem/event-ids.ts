import { setImmediate as nextTurn } from 'node:timers/promises';
import { EventStoreError } from '../../../shared/model/errors.ts';
import type { StoredEvent } from '../../../shared/model/event.ts';
import type { Appended, PreparedEvent } from '../../eventstore/ports/event-repository.ts';
import type { TopicView, TopicViews } from './topic-views.ts';
import { versionAfter } from './version-ranges.ts';

const SLICE = 200;

/**
 * Brings the map of ids to versions up to the view's latest version, giving other work its turn after every slice.
 * A foreign program may have stored one id twice: the lowest version counts.
 */
export async function catchUpIds(views: TopicViews, view: TopicView): Promise<void> {
  const ids = (view.state.ids ??= { upTo: 0, versions: new Map() });
  let scanned = 0;
  for (let version = versionAfter(view.ranges, ids.upTo); version !== null; version = versionAfter(view.ranges, version)) {
    const event = views.read(view, version)?.event;
    if (event && !ids.versions.has(event.id)) ids.versions.set(event.id, version);
    ids.upTo = version;
    if (++scanned % SLICE === 0) await nextTurn();
  }
}

/**
 * The retry rule: a batch that is there whole, contiguous and equal is answered with its first versions; one that is
 * there in part, or differs, is refused; null when nothing of it is there. 'stale' when a stored event is no longer
 * the one that was seen, so that the map must be built anew.
 * @throws EventStoreError EVENT_ID_CONFLICT { topic, id }
 */
export function findRepeated(views: TopicViews, view: TopicView, batch: readonly PreparedEvent[]): Appended | 'stale' | null {
  const seen = new Set<string>();
  for (const { id } of batch) {
    if (seen.has(id)) throw idConflict('An event id occurs twice in the batch', view.topic, id);
    seen.add(id);
  }
  const known = view.state.ids?.versions;
  if (!known) return null;
  const versions = batch.map(({ id }) => known.get(id));
  const overlap = batch.find((_event, index) => versions[index] !== undefined);
  if (!overlap) return null;
  const first = versions[0];
  let same = true;
  for (const [index, event] of batch.entries()) {
    const version = versions[index];
    const stored = version === undefined ? null : views.read(view, version)?.event;
    if (version !== undefined && stored?.id !== event.id) return 'stale';
    same &&= event.idGiven && first !== undefined && version === first + index && !!stored && isSame(event, stored);
  }
  if (!same || first === undefined) {
    throw idConflict('The topic already holds an event of this id that is not the one given', view.topic, overlap.id);
  }
  return { first, last: first + batch.length - 1, replayed: true };
}

function isSame(given: PreparedEvent, stored: StoredEvent): boolean {
  const sameTime = !given.timestampGiven || given.timestamp === stored.timestamp;
  return sameTime && given.type === stored.type && given.data === stored.data && given.metadata === stored.metadata;
}

function idConflict(reason: string, topic: string, id: string): EventStoreError {
  const advice = 'Nothing was written. Repeat a batch exactly as it was, or give new events new ids.';
  return new EventStoreError('EVENT_ID_CONFLICT', `${reason}: "${id}" in topic "${topic}". ${advice}`, { topic, id });
}
