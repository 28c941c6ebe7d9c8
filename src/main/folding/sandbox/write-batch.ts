import type { StoredEvent } from '../../../shared/model/event.ts';
import { TAG } from './binary-value.ts';
import { createJsonCopier, MOST_LEVELS, TooDeep } from './copy-json.ts';
import { exactPaths } from './exact-paths.ts';
import { createValueWriter } from './value-writer.ts';

/** Events as the sandbox reads them: a list of the events and a list of the places of exact numbers in them. */
export interface WrittenBatch {
  readonly bytes: Uint8Array;
  /** Events that a fold cannot be given, by their index, with the reason. They stand in the list as null. */
  readonly unfit: ReadonlyMap<number, string>;
}

export type WriteBatch = (events: readonly StoredEvent[]) => WrittenBatch;

/** A writer keeps its buffer from batch to batch. */
export function createBatchWriter(): WriteBatch {
  const writer = createValueWriter();
  const { reserve, byte, count } = writer;
  const json = createJsonCopier(writer);

  /** Members have the numbers of their keys: every batch begins with those. */
  const openMember = (number: number): void => {
    reserve(1);
    byte(number * 2);
  };

  /** Answers whether an exact number is in it. */
  const writeEvent = (event: StoredEvent): boolean => {
    reserve(2);
    byte(TAG.object);
    count(MEMBERS.length);
    openMember(1);
    writer.text(event.id);
    openMember(2);
    writer.text(event.topic);
    openMember(3);
    writer.text(event.type);
    openMember(4);
    writer.number(event.version);
    openMember(5);
    writer.bigint(event.timestamp);
    openMember(6);
    const isExactInData = json.copy(event.data);
    openMember(7);
    return json.copy(event.metadata) || isExactInData;
  };

  const writePath = (index: number, member: string, path: readonly (string | number)[]): void => {
    reserve(6);
    byte(TAG.array);
    count(path.length + 2);
    writer.number(index);
    writer.text(member);
    for (const step of path) {
      if (typeof step === 'number') writer.number(step);
      else writer.text(step);
    }
  };

  const writeExactPaths = (events: readonly StoredEvent[], indexes: readonly number[]): void => {
    const found = indexes.flatMap((index) =>
      (['data', 'metadata'] as const).flatMap((member) =>
        exactPaths(events[index]?.[member] ?? '').map((path) => ({ index, member, path })),
      ),
    );
    reserve(6);
    byte(TAG.array);
    count(found.length);
    for (const { index, member, path } of found) writePath(index, member, path);
  };

  return (events) => {
    writer.begin(MEMBERS);
    json.begin();
    const unfit = new Map<number, string>();
    const exact: number[] = [];
    reserve(16);
    byte(TAG.array);
    count(2);
    byte(TAG.array);
    count(events.length);
    for (let index = 0; index < events.length; index++) {
      const event = events[index] as StoredEvent;
      const start = writer.place();
      try {
        if (writeEvent(event)) exact.push(index);
      } catch (error) {
        if (!(error instanceof TooDeep)) throw error;
        writer.cutTo(start);
        reserve(1);
        byte(TAG.null);
        unfit.set(index, `It is nested more than ${MOST_LEVELS} levels deep, which is more than a fold is given.`);
      }
    }
    writeExactPaths(events, exact);
    return { bytes: writer.finish(), unfit };
  };
}

/** The members of an event in the order in which a fold finds them. */
const MEMBERS = ['id', 'topic', 'type', 'version', 'timestamp', 'data', 'metadata'] as const;
