import { partAt, type GivenText, type TextPlace } from '../../shared/ipc/long-texts.ts';
import { EventStoreError } from '../../shared/model/errors.ts';
import { TextParts } from '../../shared/model/text-parts.ts';
import type { Workspace } from './workspace.ts';

export interface TextPart {
  /** The call it belongs to. */
  readonly of: string;
  /** Which of the texts of this call. */
  readonly text: number;
  /** In UTF-16 units. */
  readonly offset: number;
}

/** Long texts on their way between a window and main, which go in parts so that no message is long. Each window has its own. */
export interface LongTexts {
  /** @throws EventStoreError INVALID_INPUT where parts before are missing or too much is on its way. */
  receive(workspace: Workspace, at: TextPart, part: string): void;
  /** Gives away what came for a call. @throws EventStoreError INVALID_INPUT where it is not what belongs to `places`. */
  take(workspace: Workspace, of: string, places: readonly TextPlace[]): TextParts[];
  /** Lays the texts of an answer ready. */
  lay(workspace: Workspace, of: string, texts: readonly GivenText[]): void;
  /** The part of an answer's text; with its last part an answer is gone. @throws EventStoreError INVALID_INPUT */
  more(workspace: Workspace, at: TextPart): string;
}

/** UTF-16 units that a window may have on its way into main: some drafts of the largest size. */
const MOST_CHARS = 96 * 1024 * 1024;
/** Calls of a window whose texts are on their way in, and answers that wait for being asked for. */
const MOST_PARCELS = 32;
/** Whoever does not go on for so long has given up. */
const KEPT_MS = 30_000;

interface Kept {
  timer?: NodeJS.Timeout;
}
/** The parts that came of each text. */
interface Arriving extends Kept {
  readonly texts: string[][];
  chars: number;
}
interface Leaving extends Kept {
  readonly texts: readonly GivenText[];
}
type Parcels<P extends Kept> = Map<string, P>;

export function createLongTexts(): LongTexts {
  const arriving = new WeakMap<Workspace, Parcels<Arriving>>();
  const leaving = new WeakMap<Workspace, Parcels<Leaving>>();

  function parcelsOf<P extends Kept>(all: WeakMap<Workspace, Parcels<P>>, workspace: Workspace): Parcels<P> {
    const parcels = all.get(workspace) ?? new Map<string, P>();
    all.set(workspace, parcels);
    return parcels;
  }

  function keep<P extends Kept>(parcels: Parcels<P>, of: string, parcel: P): void {
    clearTimeout(parcel.timer);
    parcels.set(of, parcel);
    parcel.timer = setTimeout(() => parcels.delete(of), KEPT_MS);
    parcel.timer.unref();
  }

  function drop<P extends Kept>(parcels: Parcels<P>, of: string): P | undefined {
    const parcel = parcels.get(of);
    clearTimeout(parcel?.timer);
    parcels.delete(of);
    return parcel;
  }

  return {
    receive(workspace, { of, text, offset }, part) {
      const parcels = parcelsOf(arriving, workspace);
      const parcel = parcels.get(of) ?? { texts: [], chars: 0 };
      const isNext =
        offset === 0 ? text === parcel.texts.length : text === parcel.texts.length - 1 && offset === charsOf(parcel.texts[text]);
      if (!isNext) throw missing();
      const onTheirWay = parcels.values().reduce((sum, { chars }) => sum + chars, part.length);
      if (onTheirWay > MOST_CHARS || (parcels.size === MOST_PARCELS && !parcels.has(of))) {
        drop(parcels, of);
        throw new EventStoreError('INVALID_INPUT', 'Too many long texts are on their way from this window. Try again in a moment.', {
          busy: true,
        });
      }
      if (offset === 0) parcel.texts.push([]);
      parcel.texts[text]?.push(part);
      parcel.chars += part.length;
      keep(parcels, of, parcel);
    },

    take(workspace, of, places) {
      const texts = drop(parcelsOf(arriving, workspace), of)?.texts ?? [];
      const isWhole = texts.length === places.length && texts.every((parts, index) => charsOf(parts) === places[index]?.chars);
      if (!isWhole) throw missing();
      return texts.map((parts) => new TextParts(parts));
    },

    lay(workspace, of, texts) {
      const parcels = parcelsOf(leaving, workspace);
      const [oldest] = parcels.keys();
      if (oldest !== undefined && parcels.size === MOST_PARCELS) drop(parcels, oldest);
      keep(parcels, of, { texts });
    },

    more(workspace, { of, text, offset }) {
      const parcels = parcelsOf(leaving, workspace);
      const parcel = parcels.get(of);
      const whole = parcel?.texts[text];
      if (!parcel || whole === undefined || offset >= whole.length) {
        throw new EventStoreError('INVALID_INPUT', 'This answer is not kept any more. Ask again.', {});
      }
      const part = partAt(whole, offset);
      if (text === parcel.texts.length - 1 && offset + part.length === whole.length) drop(parcels, of);
      else keep(parcels, of, parcel);
      return part;
    },
  };
}

function charsOf(parts: readonly string[] = []): number {
  return parts.reduce((sum, part) => sum + part.length, 0);
}

function missing(): EventStoreError {
  return new EventStoreError('INVALID_INPUT', 'Parts of this call are missing, so nothing was done. Try it again.', {});
}
