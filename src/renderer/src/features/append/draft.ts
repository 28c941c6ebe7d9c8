import { z } from 'zod';

/** One event as it is being written: texts as typed, of which data and metadata shall be JSON and the timestamp digits. */
export interface OneEvent {
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly id: string;
  readonly timestamp: string;
}

export type Mode = 'one' | 'batch';

/** What a person is about to append to one topic. */
export interface Draft {
  readonly mode: Mode;
  readonly one: OneEvent;
  /** Events one a line, or a JSON array of them. */
  readonly batch: string;
  /** The version the topic is believed to have; null: any. */
  readonly expected: number | null;
  /** Ids for events that have none of their own, made for the first review; null after every change of the events. */
  readonly ids: readonly string[] | null;
}

export const NO_EVENT: OneEvent = { type: '', data: '{}', metadata: '', id: '', timestamp: '' };

/** `latest` is the version on the screen when the draft begins. */
export function newDraft(latest: number): Draft {
  return { mode: 'one', one: NO_EVENT, batch: '', expected: latest, ids: null };
}

/** Nothing would be lost if this were thrown away. */
export function isBlank({ one, batch }: Draft): boolean {
  const { type, data, metadata, id, timestamp } = one;
  return batch.trim() === '' && /^\s*(?:\{\s*\})?\s*$/.test(data) && `${type}${metadata}${id}${timestamp}`.trim() === '';
}

export type DraftChange =
  | { readonly kind: 'typed'; readonly one: Partial<OneEvent> }
  | { readonly kind: 'batch-typed'; readonly text: string }
  /** Another way to write; whatever of it was kept comes along. */
  | { readonly kind: 'switched'; readonly mode: Mode; readonly one?: OneEvent; readonly batch?: string }
  /** One event from elsewhere, in place of all that was there. */
  | { readonly kind: 'copied'; readonly one: OneEvent }
  | { readonly kind: 'expected'; readonly version: number | null }
  | { readonly kind: 'reviewed'; readonly ids: readonly string[] };

/** Pure. A change of the events lets go of their ids: what was perhaps written under them is another batch now. */
export function draftReducer(draft: Draft, change: DraftChange): Draft {
  switch (change.kind) {
    case 'typed':
      return { ...draft, one: { ...draft.one, ...change.one }, ids: null };
    case 'batch-typed':
      return change.text === draft.batch ? draft : { ...draft, batch: change.text, ids: null };
    case 'switched':
      return {
        ...draft,
        mode: change.mode,
        one: change.mode === 'one' ? (change.one ?? NO_EVENT) : NO_EVENT,
        batch: change.mode === 'batch' ? (change.batch ?? '') : '',
        ids: null,
      };
    case 'copied':
      return { ...draft, mode: 'one', one: change.one, batch: '', ids: null };
    case 'expected':
      return { ...draft, expected: change.version };
    case 'reviewed':
      return { ...draft, ids: change.ids };
  }
}

/** The texts of a draft in the order they are written. */
const textsOf = ({ one, batch }: Draft): readonly string[] => [one.type, one.data, one.metadata, one.id, one.timestamp, batch];

const head = z.object({
  mode: z.enum(['one', 'batch']),
  expected: z.int().min(0).nullable(),
  ids: z.array(z.string()).nullable(),
  /** Of each text, in UTF-16 units. */
  lengths: z.tuple([z.int().min(0), z.int().min(0), z.int().min(0), z.int().min(0), z.int().min(0), z.int().min(0)]),
  /** The texts hold halves of surrogate pairs and stand there as a JSON string. */
  escaped: z.boolean(),
});

/**
 * A draft as one text: a line of JSON, and after it the texts as they are, since escaping 16 MB would hold up the page. An
 * expected version that is being typed counts as any.
 */
export function draftText(draft: Draft): string {
  const { mode, expected, ids } = draft;
  const texts = textsOf(draft);
  const all = texts.join('');
  const escaped = !all.isWellFormed();
  const first: z.infer<typeof head> = {
    mode,
    expected: Number.isNaN(expected) ? null : expected,
    ids: ids && [...ids],
    lengths: texts.map(({ length }) => length) as z.infer<typeof head>['lengths'],
    escaped,
  };
  return `${JSON.stringify(first)}\n${escaped ? JSON.stringify(all) : all}`;
}

/** The draft that `draftText` wrote; null for any other text. */
export function parseDraft(text: string): Draft | null {
  try {
    const end = text.indexOf('\n');
    const { mode, expected, ids, lengths, escaped } = head.parse(JSON.parse(text.slice(0, end)));
    const rest = text.slice(end + 1);
    const all = escaped ? z.string().parse(JSON.parse(rest)) : rest;
    let from = 0;
    const [type, data, metadata, id, timestamp, batch] = lengths.map((length) => all.slice(from, (from += length)));
    if (from !== all.length) return null;
    return {
      mode,
      one: { type: type ?? '', data: data ?? '', metadata: metadata ?? '', id: id ?? '', timestamp: timestamp ?? '' },
      batch: batch ?? '',
      expected,
      ids,
    };
  } catch {
    return null;
  }
}
