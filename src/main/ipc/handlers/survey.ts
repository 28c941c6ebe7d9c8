import type { EventRow } from '../../../shared/ipc/contract/events.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { RelatedEvent, RelatedPicture } from '../../../shared/ipc/contract/survey.ts';
import { EventStoreError } from '../../../shared/model/errors.ts';
import type { DamagedVersion } from '../../../shared/model/event.ts';
import type { EventStore } from '../../eventstore/event-store.ts';
import { createPace, type Breathe } from '../../eventstore/pace.ts';
import { countedOverview } from '../../jobs/counted-overview.ts';
import { readRun } from '../../jobs/read-run.ts';
import { createSurveys, type Surveys } from '../../jobs/surveys.ts';
import { timeHistogram, type TimeRange } from '../../jobs/time-histogram.ts';
import type { TopicDigest } from '../../jobs/topic-digest.ts';
import type { EventFilter, TopicMatches } from '../../jobs/topic-matches.ts';
import { typeCounts } from '../../jobs/type-counts.ts';
import { pageRows, ROW_LENGTHS, ROW_NAME_CHARS, shorten } from '../event-rows.ts';
import type { AreaHandlers } from '../handlers.ts';
import { readOne } from '../read-one.ts';

/** Milliseconds one call works on an answer before it says what it knows. */
const BUDGET_MS = 200;
/** The same where rows wait to be shown. */
const ROWS_BUDGET_MS = 50;
/** UTF-16 units of the events of one picture; two bytes each at worst keep it under 256 KiB. */
const PICTURE_CHARS = 110 * 1024;

export function surveyHandlers(): AreaHandlers<'survey'> {
  const known = new WeakMap<EventStore, Surveys>();

  /** What is known of a store goes with it. */
  const surveysOf = (store: EventStore): Surveys => {
    const surveys = known.get(store) ?? createSurveys(store);
    known.set(store, surveys);
    return surveys;
  };

  const digestOf = async (store: EventStore, topic: string, budget: number, signal: AbortSignal): Promise<TopicDigest> => {
    const digest = await surveysOf(store).digest(topic);
    await digest.advance(budget, signal);
    mustGoOn(signal);
    return digest;
  };

  const listOf = async (
    store: EventStore,
    { topic, filter }: { readonly topic: string; readonly filter: EventFilter },
    budget: number,
    signal: AbortSignal,
  ): Promise<{ readonly digest: TopicDigest; readonly matches: TopicMatches; readonly breathe: Breathe }> => {
    const digest = await digestOf(store, topic, budget, signal);
    const matches = digest.matches(filter);
    const breathe = createPace();
    await matches.catchUp(breathe);
    mustGoOn(signal);
    return { digest, matches, breathe };
  };

  return {
    'survey.overview': async (input, { workspace, signal }) => {
      if (input.range && input.range.to <= input.range.from) throw emptyRange();
      const counted = await countedOverview(workspace.store(), input);
      mustGoOn(signal);
      if (counted) return counted;
      const { digest, matches, breathe } = await listOf(workspace.store(), input, BUDGET_MS, signal);
      const { names, counts, damaged, times } = digest;
      const overview = {
        progress: digest.progress(),
        events: digest.columns.size,
        damaged,
        times: times && { ...times, exact: true },
        ...typeCounts(names, counts),
        matching: matches.size,
        matchingTypes: typeCounts(names, matches.counts),
      };
      const range: TimeRange | null = input.range ?? (times && { from: times.earliest, to: times.latest + 1n });
      return { ...overview, histogram: range && (await timeHistogram(digest, matches, range, input.buckets, breathe)) };
    },

    'survey.rows': async (input, { workspace, signal }) => {
      const store = workspace.store();
      const { digest, matches } = await listOf(store, input, ROWS_BUDGET_MS, signal);
      const { order, offset, limit, topic } = input;
      const progress = digest.progress();
      const matching = matches.size;
      const indexes = Array.from({ length: Math.max(0, Math.min(limit, matching - offset)) }, (_none, at) =>
        order === 'oldest' ? offset + at : matching - 1 - offset - at,
      );
      const versions = indexes.map((index) => digest.columns.versionAt(matches.placeAt(index)));
      return { progress, matching, ...(await readRows(store, topic, versions, signal)), versions };
    },

    'survey.placeOf': async (input, { workspace, signal }) => {
      const { digest, matches } = await listOf(workspace.store(), input, ROWS_BUDGET_MS, signal);
      const before = (version: number): number => matches.countBefore(digest.columns.countBefore(version));
      const index = input.order === 'oldest' ? before(input.version) : matches.size - before(input.version + 1);
      return { progress: digest.progress(), index };
    },

    'survey.atTime': async ({ topic, time }, { workspace, signal }) => {
      const store = workspace.store();
      const digest = await surveysOf(store).digest(topic);
      const known = digest.versionAtTime(time);
      if (known !== null) return { progress: digest.progress(), version: known };
      await digest.advance(BUDGET_MS, signal);
      mustGoOn(signal);
      return { progress: digest.progress(), version: digest.versionAtTime(time) };
    },

    'survey.related': async ({ topic, version }, { workspace, signal }) => {
      const store = workspace.store();
      const related = await surveysOf(store).related(topic, version, () => readOne(store, topic, version));
      await related.advance(BUDGET_MS, signal);
      mustGoOn(signal);
      return fittingPicture(related.picture(), topic, version);
    },

    'survey.find': async ({ id, topic }, { workspace, signal }) => {
      const finder = await surveysOf(workspace.store()).finder(id, topic ?? null);
      await finder.advance(BUDGET_MS, signal);
      mustGoOn(signal);
      return finder.answer();
    },
  };
}

/** @throws EventStoreError CANCELLED when nobody waits for the answer any more. */
function mustGoOn(signal: AbortSignal): void {
  if (signal.aborted) throw new EventStoreError('CANCELLED', 'The call was cancelled.');
}

function emptyRange(): EventStoreError {
  return new EventStoreError('INVALID_INPUT', 'range.to: a range ends after it begins.', { field: 'range.to' });
}

/** Rows and damage of versions, in the order they are given in. */
async function readRows(
  store: EventStore,
  topic: string,
  versions: readonly number[],
  signal: AbortSignal,
): Promise<Pick<Output<'survey.rows'>, 'rows' | 'damaged'>> {
  const rows = new Map<number, EventRow>();
  const damaged = new Map<number, DamagedVersion>();
  let rest = versions.toSorted((a, b) => a - b);
  while (rest.length > 0) {
    const run = await readRun((page) => store.readBeginnings(topic, page, ROW_LENGTHS), rest);
    mustGoOn(signal);
    const part = pageRows({ events: run.events, damaged: run.damaged, next: null, scanned: run.taken }, 'forward', rest.length);
    for (const row of part.rows) rows.set(row.version, row);
    for (const entry of part.damaged) damaged.set(entry.version, entry);
    rest = rest.slice(run.taken);
  }
  return {
    rows: versions.flatMap((version) => rows.get(version) ?? []),
    damaged: versions.flatMap((version) => damaged.get(version) ?? []),
  };
}

/** As many events as one message may hold, the one asked about among them. */
function fittingPicture(picture: RelatedPicture, topic: string, version: number): RelatedPicture {
  const isOrigin = (event: RelatedEvent): boolean => event.topic === topic && event.version === version;
  let room = PICTURE_CHARS;
  const fits = new Set<RelatedEvent>();
  const cut = picture.events.map((event) => ({
    ...event,
    id: shorten(event.id, ROW_NAME_CHARS),
    type: shorten(event.type, ROW_NAME_CHARS),
    causationId: event.causationId && shorten(event.causationId, ROW_NAME_CHARS),
    correlationId: event.correlationId && shorten(event.correlationId, ROW_NAME_CHARS),
  }));
  for (const event of [...cut.filter(isOrigin), ...cut.filter((other) => !isOrigin(other))]) {
    room -=
      60 + [event.topic, event.id, event.type, event.causationId, event.correlationId].reduce((sum, text) => sum + (text?.length ?? 0), 0);
    if (room > 0) fits.add(event);
  }
  const events = cut.filter((event) => fits.has(event));
  return {
    ...picture,
    correlationId: picture.correlationId && shorten(picture.correlationId, ROW_NAME_CHARS),
    events,
    truncated: picture.truncated || events.length < cut.length,
  };
}
