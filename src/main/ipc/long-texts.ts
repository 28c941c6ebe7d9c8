import { partAt, textsOf, type TextPlace } from '../../shared/ipc/long-texts.ts';
import { EventStoreError } from '../../shared/model/errors.ts';
import { TextParts } from '../../shared/model/text-parts.ts';
import type { Workspace } from './workspace.ts';

/** A part of the long texts of a call, which lie one after the other. */
export interface TextPart {
  /** The call's `request`. */
  readonly of: string;
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
  lay(workspace: Workspace, of: string, text: TextParts): void;
  /** A part of an answer's texts; with the last part they are gone. @throws EventStoreError INVALID_INPUT */
  more(workspace: Workspace, at: TextPart): string;
  /** Nobody goes on with this call. */
  forget(workspace: Workspace, of: string): void;
}

/** UTF-16 units that a window may have on its way in one direction: some drafts of the largest size. */
const MOST_CHARS = 96 * 1024 * 1024;
/** Calls of a window whose texts are on their way in, and answers that wait for being asked for. */
const MOST_PARCELS = 32;
/** Of one call; as many of the full size are more than a window may have on its way. */
const MOST_PARTS = 1024;
/** Whoever does not go on for so long has given up. */
const KEPT_MS = 30_000;

interface Parcel {
  readonly chars: number;
  readonly timer: NodeJS.Timeout;
}
interface Arriving extends Parcel {
  readonly parts: string[];
}
interface Leaving extends Parcel {
  readonly text: TextParts;
}
type Parcels<P extends Parcel> = Map<string, P>;

export function createLongTexts(): LongTexts {
  const arriving = new WeakMap<Workspace, Parcels<Arriving>>();
  const leaving = new WeakMap<Workspace, Parcels<Leaving>>();

  function parcelsOf<P extends Parcel>(all: WeakMap<Workspace, Parcels<P>>, workspace: Workspace): Parcels<P> {
    const parcels = all.get(workspace) ?? new Map<string, P>();
    all.set(workspace, parcels);
    return parcels;
  }

  function drop<P extends Parcel>(parcels: Parcels<P>, of: string): P | undefined {
    const parcel = parcels.get(of);
    clearTimeout(parcel?.timer);
    parcels.delete(of);
    return parcel;
  }

  /** Until it is not gone on with for a while. */
  function keep<P extends Parcel>(parcels: Parcels<P>, of: string, parcel: Omit<P, 'timer'>): void {
    drop(parcels, of);
    const timer = setTimeout(() => parcels.delete(of), KEPT_MS);
    timer.unref();
    parcels.set(of, { ...parcel, timer } as P);
  }

  const charsOf = <P extends Parcel>(parcels: Parcels<P>): number => parcels.values().reduce((sum, { chars }) => sum + chars, 0);

  return {
    receive(workspace, { of, offset }, part) {
      const parcels = parcelsOf(arriving, workspace);
      const known = parcels.get(of);
      const parts = known?.parts ?? [];
      const chars = known?.chars ?? 0;
      if (offset !== chars) throw missing();
      const isTooMuch = charsOf(parcels) + part.length > MOST_CHARS || parts.length === MOST_PARTS;
      if (isTooMuch || (parcels.size === MOST_PARCELS && !known)) {
        drop(parcels, of);
        throw new EventStoreError('INVALID_INPUT', 'Too many long texts are on their way from this window. Try again in a moment.', {
          busy: true,
        });
      }
      parts.push(part);
      keep(parcels, of, { parts, chars: chars + part.length });
    },

    take(workspace, of, places) {
      const text = new TextParts(drop(parcelsOf(arriving, workspace), of)?.parts ?? []);
      if (text.length !== places.reduce((sum, { chars }) => sum + chars, 0)) throw missing();
      return textsOf(text, places);
    },

    lay(workspace, of, text) {
      const parcels = parcelsOf(leaving, workspace);
      for (const [oldest] of parcels) {
        if (parcels.size < MOST_PARCELS && charsOf(parcels) + text.length <= MOST_CHARS) break;
        drop(parcels, oldest);
      }
      keep(parcels, of, { text, chars: text.length });
    },

    more(workspace, { of, offset }) {
      const parcels = parcelsOf(leaving, workspace);
      const parcel = parcels.get(of);
      if (!parcel || offset >= parcel.chars) {
        throw new EventStoreError('INVALID_INPUT', 'This answer is not kept any more. Ask again.', {});
      }
      const part = partAt(parcel.text, offset);
      if (offset + part.length === parcel.chars) drop(parcels, of);
      else keep(parcels, of, parcel);
      return part;
    },

    forget(workspace, of) {
      drop(parcelsOf(arriving, workspace), of);
      drop(parcelsOf(leaving, workspace), of);
    },
  };
}

function missing(): EventStoreError {
  return new EventStoreError('INVALID_INPUT', 'Parts of this call are missing, so nothing was done. Try it again.', {});
}
