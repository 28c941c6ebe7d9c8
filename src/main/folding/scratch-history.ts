import { EventStoreError } from '../../shared/model/errors.ts';
import { MAX_PAGE, type EventPage, type StoredEvent } from '../../shared/model/event.ts';
import type { ScratchChange, ScratchEvent, ScratchRow } from '../../shared/model/fold.ts';
import type { History } from './history.ts';

/** A history that is a topic's with changes laid over it. The topic is read, never written; what is laid over it is in memory. */
export interface ScratchHistory extends History {
  /** Answers the last version that the change left as it was. @throws EventStoreError INVALID_INPUT */
  readonly change: (change: ScratchChange) => number;
  /** The last version up to which it is the topic's own history; null: it is all the same. */
  readonly common: () => number;
  /** The version of the topic that a position corresponds to: its own, or that of the event before it. */
  readonly versionAt: (position: number) => number;
  readonly rows: (after: number, limit: number) => Promise<readonly ScratchRow[]>;
  /** The added events in their order. Edited, moved and skipped ones are not among them: history is only ever added to. */
  readonly added: () => readonly ScratchEvent[];
}

/** A run of versions of the topic, or one event that was thought up: another for that of a version, which keeps its id, or a new one. */
type Piece =
  | { readonly kind: 'topic'; readonly from: number; readonly to: number }
  | { readonly kind: 'own'; readonly event: ScratchEvent; readonly origin: number; readonly id: null }
  | { readonly kind: 'own'; readonly event: ScratchEvent; readonly origin: null; readonly id: string };

const lengthOf = (piece: Piece): number => (piece.kind === 'topic' ? piece.to - piece.from + 1 : 1);

/** A scratch history of a topic as it is now; events that the topic gets later are not in it. */
export async function openScratchHistory(base: History): Promise<ScratchHistory> {
  const latest = await base.latest();
  const pieces: Piece[] = latest === 0 ? [] : [{ kind: 'topic', from: 1, to: latest }];

  const total = (): number => pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);

  /** The piece that holds a position, and how many positions are before it. */
  const pieceAt = (position: number): { readonly index: number; readonly before: number } => {
    let before = 0;
    for (const [index, piece] of pieces.entries()) {
      if (position <= before + lengthOf(piece)) return { index, before };
      before += lengthOf(piece);
    }
    return { index: pieces.length, before };
  };

  /** Makes a position the first of a piece. Answers that piece's index. */
  const split = (position: number): number => {
    const { index, before } = pieceAt(position);
    const piece = pieces[index];
    const offset = position - before - 1;
    if (piece?.kind !== 'topic' || offset === 0) return index;
    const cut = piece.from + offset;
    pieces.splice(index, 1, { ...piece, to: cut - 1 }, { ...piece, from: cut });
    return index + 1;
  };

  const takeOut = (position: number): Piece => {
    split(position + 1);
    const [piece] = pieces.splice(split(position), 1);
    if (!piece) throw new Error('No piece holds this position.');
    return piece;
  };

  const putIn = (position: number, piece: Piece): void => void pieces.splice(split(position), 0, piece);

  const mustBe = (position: number, most: number): void => {
    if (Number.isInteger(position) && position >= 1 && position <= most) return;
    throw new EventStoreError('INVALID_INPUT', `The scratch history has positions from 1 to ${most}, not ${position}.`, { position, most });
  };

  let ids = 0;

  const idOf = async ({ origin, id }: Extract<Piece, { kind: 'own' }>): Promise<string> => {
    if (origin === null) return id;
    const { events } = await base.read(origin - 1, 1);
    return events.find(({ version }) => version === origin)?.id ?? `what-if-of-${origin}`;
  };

  const eventOf = (event: ScratchEvent, id: string, position: number): StoredEvent => ({
    id,
    topic: base.topic,
    type: event.type,
    data: event.data,
    metadata: event.metadata,
    timestamp: event.timestamp,
    version: position,
  });

  const read = async (after: number, limit: number): Promise<EventPage> => {
    const { index, before } = pieceAt(after + 1);
    const piece = pieces[index];
    if (!piece) return { events: [], damaged: [], next: null, scanned: 0 };
    const end = before + lengthOf(piece);
    const nextOf = (reached: number): number | null => (reached >= total() ? null : reached);
    if (piece.kind === 'own') return { events: [eventOf(piece.event, await idOf(piece), end)], damaged: [], next: nextOf(end), scanned: 1 };
    const shift = before + 1 - piece.from;
    const page = await base.read(after - shift, Math.min(limit, end - after, MAX_PAGE));
    const events = page.events.flatMap((event) => (event.version > piece.to ? [] : [{ ...event, version: event.version + shift }]));
    const damaged = page.damaged.flatMap((item) => (item.version > piece.to ? [] : [{ ...item, version: item.version + shift }]));
    const reached = page.next === null ? end : Math.min(end, page.next + shift);
    return { events, damaged, next: nextOf(reached), scanned: page.scanned };
  };

  const versionAt = (position: number): number => {
    const { index, before } = pieceAt(position);
    for (let at = Math.min(index, pieces.length - 1); at >= 0; at--) {
      const piece = pieces[at] as Piece;
      if (piece.kind === 'own') {
        if (piece.origin !== null) return piece.origin;
      } else return at === index ? piece.from + position - before - 1 : piece.to;
    }
    return 0;
  };

  return {
    topic: base.topic,
    latest: async () => total(),
    read,
    versionAt,
    common: () => {
      const [first] = pieces;
      return first?.kind === 'topic' && first.from === 1 ? first.to : 0;
    },
    change(change) {
      const { position } = change;
      switch (change.kind) {
        case 'skip':
          mustBe(position, total());
          takeOut(position);
          return position - 1;
        case 'edit': {
          mustBe(position, total());
          const piece = takeOut(position);
          putIn(
            position,
            piece.kind === 'own' ? { ...piece, event: change.event } : { kind: 'own', event: change.event, origin: piece.from, id: null },
          );
          return position - 1;
        }
        case 'insert':
          mustBe(position, total() + 1);
          putIn(position, { kind: 'own', event: change.event, origin: null, id: `what-if-${++ids}` });
          return position - 1;
        case 'move':
          mustBe(position, total());
          mustBe(change.to, total());
          putIn(change.to, takeOut(position));
          return Math.min(position, change.to) - 1;
      }
    },
    async rows(after, limit) {
      const rows: ScratchRow[] = [];
      let cursor: number | null = after;
      while (cursor !== null && rows.length < limit) {
        const page: EventPage = await read(cursor, limit - rows.length);
        const end = page.next ?? total();
        const events = new Map(page.events.map((event) => [event.version, event]));
        for (let position = cursor + 1; position <= end && rows.length < limit; position++) {
          const piece = pieces[pieceAt(position).index];
          const origin = piece?.kind === 'own' ? piece.origin : versionAt(position);
          rows.push({ position, origin, isEdited: piece?.kind === 'own' && piece.origin !== null, event: events.get(position) ?? null });
        }
        cursor = page.next;
      }
      return rows;
    },
    added: () => pieces.flatMap((piece) => (piece.kind === 'own' && piece.origin === null ? [piece.event] : [])),
  };
}
