import { join } from 'node:path';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { encodeEvent, MAX_VERSION } from '../../../shared/model/event.ts';
import type { Appended, PreparedEvent } from '../../eventstore/ports/event-repository.ts';
import { entryFacts, entryStamp, errno, quietly, removeIfThere, writeDurably } from './disk.ts';
import { catchUpIds, findRepeated } from './event-ids.ts';
import { ensureFolder, hasConfigFile, topicNotFound, type Folder } from './folder.ts';
import { encodeIntent, intentFileName } from './intent-file.ts';
import { eventFileName } from './layout.ts';
import type { OpenIntents } from './open-intents.ts';
import { moveToQuarantine, settleIntents } from './settle-intents.ts';
import type { TopicView, TopicViews } from './topic-views.ts';

/** Appends under the writer's lock: everything the decision rests on is looked up here. See domain.md, "The fs layout". */
export async function appendBatch(
  folder: Folder,
  views: TopicViews,
  openIntents: OpenIntents,
  topic: string,
  batch: readonly PreparedEvent[],
  expectedVersion: number | null,
): Promise<Appended> {
  let view = look(folder, views, topic);
  if (view.intents.length > 0) {
    settleIntents(folder, view.intents);
    view = look(folder, views, topic);
  }
  if (batch.some(({ idGiven }) => idGiven)) {
    await catchUpIds(views, view);
    view = look(folder, views, topic);
  }
  let repeated = findRepeated(views, view, batch);
  if (repeated === 'stale') {
    view.state.ids = null;
    await catchUpIds(views, view);
    repeated = findRepeated(views, view, batch);
  }
  if (repeated && repeated !== 'stale') return repeated;

  // Numbers that turn up now are simply the new latest; someone who keeps making them is told apart from us.
  for (let tries = 0; tries < 3; tries++) {
    const appended = repeated === null ? writeBatch(folder, views, openIntents, view, batch, expectedVersion) : null;
    if (appended) return appended;
    view.state.stale = true;
    view = look(folder, views, topic);
  }
  throw new EventStoreError(
    'EXTERNAL_WRITER',
    `Another program keeps changing topic "${topic}". Nothing was written; stop it and try again.`,
    { topic },
  );
}

function look(folder: Folder, views: TopicViews, topic: string): TopicView {
  const view = views.look(topic);
  if (!view) throw noPlace(folder, topic);
  return view;
}

function noPlace(folder: Folder, topic: string): EventStoreError {
  if (!hasConfigFile(folder, topic)) return topicNotFound(topic);
  return topicNotFound(topic, 'its config is here, but the folder of its events is gone. Start it empty, or bring the folder back');
}

function writeBatch(
  folder: Folder,
  views: TopicViews,
  openIntents: OpenIntents,
  view: TopicView,
  batch: readonly PreparedEvent[],
  expectedVersion: number | null,
): Appended | null {
  const { topic, state, latest } = view;
  const { layout, writes } = folder;
  if (expectedVersion !== null && expectedVersion !== latest) {
    throw new EventStoreError(
      'VERSION_CONFLICT',
      `The topic "${topic}" is at version ${latest}, not ${expectedVersion}: someone else has written to it. Read what is new, then decide again.`,
      { topic, expected: expectedVersion, actual: latest },
    );
  }
  const first = latest + 1;
  const last = latest + batch.length;
  if (state.index.beyond !== null || last > MAX_VERSION) {
    const name = state.index.beyond ?? eventFileName(latest);
    throw new EventStoreError('READ_ONLY', `Topic "${topic}" holds ${name}: versions can go no higher, so it takes no more events.`, {
      topic,
    });
  }
  const paths = batch.map((_event, index) => join(state.folder, eventFileName(first + index)));
  if (!areFree(folder, topic, paths)) return null;

  const events = batch.map(({ id, type, data, metadata, timestamp }, index) =>
    encodeEvent({ id, topic, type, data, metadata, timestamp, version: first + index }),
  );
  ensureFolder(folder, layout.intents, layout.root);
  const name = intentFileName(topic, first, last);
  const intentPath = join(layout.intents, name);
  try {
    writeDurably(writes, intentPath, encodeIntent({ topic, first, last, events }));
  } catch (error) {
    quietly(() => removeIfThere(writes, intentPath));
    throw error;
  }

  let made = 0;
  try {
    for (const [index, path] of paths.entries()) {
      writes.createFile(path, events[index] as string, false);
      made++;
    }
  } catch (error) {
    if (errno(error) === 'EEXIST') {
      moveToQuarantine(folder, intentPath, name, paths.slice(0, made), `Another program wrote into topic "${topic}" at the same moment`);
      writes.syncFolder(state.folder);
      throw externalWriter(topic, first + made, error);
    }
    withdraw(folder, intentPath, paths.slice(0, made + 1), error);
  }
  const facts = entryFacts(intentPath);
  if (facts) openIntents.own({ name, stamp: entryStamp(facts), topic, first, last });
  views.wrote(
    state,
    first,
    batch.map(({ id }) => id),
  );
  return { first, last, replayed: false };
}

// A name that is taken by no event would be hidden or lost; better to say so before the first byte.
function areFree({ layout }: Folder, topic: string, paths: readonly string[]): boolean {
  for (const path of paths) {
    const facts = entryFacts(path);
    if (!facts) continue;
    if (facts.isFile()) return false;
    const place = layout.inside(path);
    const what = facts.isDirectory() ? 'a folder' : facts.isSymbolicLink() ? 'a link' : 'something that is no file';
    throw new EventStoreError(
      'DAMAGED_EVENT',
      `${place} is ${what} where the next event has to go. Nothing was written; move it away and try again.`,
      {
        topic,
        place,
      },
    );
  }
  return true;
}

function externalWriter(topic: string, version: number, cause: unknown): EventStoreError {
  return new EventStoreError(
    'EXTERNAL_WRITER',
    `Another program wrote version ${version} of topic "${topic}" while this batch was written. Its event stays, the batch was put aside in quarantine. Read what is new, then decide again.`,
    { topic, version },
    cause,
  );
}

/** Takes a batch back that could not be written whole: its files first, so that readers see all of it or nothing. */
function withdraw({ writes, layout }: Folder, intentPath: string, paths: readonly string[], cause: unknown): never {
  const gone = quietly(() => {
    for (const path of paths.toReversed()) removeIfThere(writes, path);
    writes.remove(intentPath);
    writes.syncFolder(layout.intents);
  });
  if (gone) throw cause;
  throw new EventStoreError(
    'STORAGE_UNAVAILABLE',
    'Writing failed in the middle, and so did taking it back: the batch may still be completed at the next write. Repeat it with the same event ids, which is safe.',
    { uncertain: true, reason: cause instanceof Error ? cause.message : String(cause) },
    cause,
  );
}
