import type { ChangeRow, PastTopic, RestoreReview, RestoreStepRow, TopicDifferenceRow } from '../../shared/ipc/contract/replay.ts';
import type { Topic } from '../../shared/model/topic-config.ts';
import type { TopicDifference } from '../eventstore/config-history.ts';
import type { RestorePlan, RestoreStep } from '../eventstore/restore-plan.ts';
import { changedFields, type Catalogue, type ConfigChange } from '../eventstore/topic-catalogue.ts';
import { shorten } from './event-rows.ts';
import { shortChange, shortFields } from './topic-history.ts';

/** UTF-16 units of one answer; two bytes each at worst keep it under 256 KiB. */
const PAGE_CHARS = 110 * 1024;
/** Of one topic of the past. */
const TOPIC_CHARS = 24 * 1024;
const NAME_CHARS = 4096;
const TEXT_CHARS = 2048;
const REASON_CHARS = 1000;
/** Of one part of a plan. */
const MOST_ROWS = 500;

/** The longest beginning of `items` that one message holds, at least one. */
export function fitting<T, Row>(items: readonly T[], rowOf: (item: T) => Row, most = Infinity): Row[] {
  const rows: Row[] = [];
  let room = PAGE_CHARS;
  for (const item of items) {
    const row = rowOf(item);
    room -= charsOf(row);
    if (rows.length === most || (room < 0 && rows.length > 0)) break;
    rows.push(row);
  }
  return rows;
}

/** What a row takes in a message, roughly and rather too much. */
function charsOf(value: unknown): number {
  if (typeof value === 'string') return value.length + 8;
  if (typeof value !== 'object' || value === null) return 8;
  let chars = 8;
  for (const [key, member] of Object.entries(value)) chars += key.length + 2 + charsOf(member);
  return chars;
}

export function changeRow(change: ConfigChange): ChangeRow {
  const { topic, problem, restoredFrom } = change;
  return {
    ...shortChange(change),
    topic: topic === null ? null : shorten(topic, NAME_CHARS),
    isRestored: restoredFrom !== undefined,
    problem: problem ? { code: problem.code, reason: shorten(problem.reason, REASON_CHARS) } : null,
  };
}

export function pastTopic({ name, adapter, connection, options }: Topic): PastTopic {
  const all = Object.entries(options);
  const sent: [string, string][] = [];
  let room = TOPIC_CHARS;
  for (const [key, text] of all) {
    const pair: [string, string] = [shorten(key, TEXT_CHARS), shorten(text, TEXT_CHARS)];
    room -= charsOf(pair);
    if (room < 0) break;
    sent.push(pair);
  }
  return {
    name: shorten(name, NAME_CHARS),
    adapter: shorten(adapter, TEXT_CHARS),
    connection: shorten(connection, TEXT_CHARS),
    options: sent,
    more: all.length - sent.length,
  };
}

export function differenceRow({ topic, changed, isAnother }: TopicDifference, a: Catalogue, b: Catalogue): TopicDifferenceRow {
  const [before, after] = [a.topics.get(topic), b.topics.get(topic)];
  return {
    topic: shorten(topic, NAME_CHARS),
    before: before ? pastTopic(before) : null,
    after: after ? pastTopic(after) : null,
    isAnother,
    ...shortFields(changed),
  };
}

/** One part of a plan: its steps, then what it leaves. */
export function reviewPart(plan: RestorePlan, present: Catalogue, offset: number): RestoreReview {
  const { steps, notRestored } = plan;
  const total = steps.length + notRestored.length;
  const numbers = Array.from({ length: Math.max(0, Math.min(MOST_ROWS, total - offset)) }, (_none, index) => offset + index);
  const rows = fitting(numbers, (at) => {
    const step = steps[at];
    const left = notRestored[at - steps.length];
    if (step) return { step: stepRow(step, present) };
    return {
      left: { topic: shorten(left?.topic ?? '', NAME_CHARS), code: left?.code ?? '', reason: shorten(left?.reason ?? '', REASON_CHARS) },
    };
  });
  const next = offset + rows.length;
  return {
    version: plan.version,
    expectedVersion: plan.expectedVersion,
    steps: { total: plan.steps.length, rows: rows.flatMap((row) => row.step ?? []) },
    notRestored: { total: plan.notRestored.length, rows: rows.flatMap((row) => row.left ?? []) },
    next: next < total ? next : null,
  };
}

function stepRow(step: RestoreStep, present: Catalogue): RestoreStepRow {
  const name = step.kind === 'delete' ? step.topic : step.topic.name;
  const before = present.topics.get(name) ?? null;
  const changed = step.kind === 'delete' ? [] : changedFields(step.kind === 'update' ? before : null, { ...step.topic, incarnation: 0 });
  const from = step.kind === 'bring-back' && step.from !== name ? shorten(step.from, NAME_CHARS) : null;
  return { kind: step.kind, topic: shorten(name, NAME_CHARS), from, ...shortFields(changed) };
}
