import { momentText, parseMoment, type Zone } from '../../ui/moment.ts';

/** Where a person wants to go. Times are nanoseconds since the epoch; `says` is how the target was understood. */
export type JumpTarget =
  | { readonly kind: 'version'; readonly version: number; readonly says: string }
  | { readonly kind: 'time'; readonly at: bigint; readonly says: string }
  | { readonly kind: 'wrong'; readonly fault: string }
  | { readonly kind: 'empty' };

export interface JumpContext {
  /** The newest version; 0: none. */
  readonly latest: number;
  /** What a time without a zone of its own is taken in. */
  readonly zone: Zone;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const VERSION = /^#?\s*(\d[\d,\s_]*)$/;
const JUMP_FORMS = '123, #123, 2026-03-04, 2026-03-04 10:20:30.5, now-1h, or nanoseconds as 1709546400000000000ns';

/** Reads what was typed into the jump box, and says what is wrong with it in a sentence. */
export function parseJumpTarget(typed: string, { latest, zone, now }: JumpContext): JumpTarget {
  const text = typed.trim();
  if (text === '') return { kind: 'empty' };
  const version = VERSION.exec(text)?.[1];
  if (version !== undefined) return versionTarget(Number(version.replaceAll(/[,\s_]/g, '')), latest);
  const time = parseMoment(text, zone, now);
  if (time === null) return wrong(`Not understood. Type ${JUMP_FORMS}.`);
  if ('fault' in time) return wrong(time.fault);
  return { kind: 'time', at: time.at, says: `The first event at or after ${momentText(time.at, time.zone)}` };
}

function versionTarget(version: number, latest: number): JumpTarget {
  if (latest === 0) return wrong('This topic has no events yet.');
  if (version < 1 || version > latest) return wrong(`Versions go from 1 to ${latest.toLocaleString('en')}.`);
  return { kind: 'version', version, says: `Version ${version.toLocaleString('en')}` };
}

const wrong = (fault: string): JumpTarget => ({ kind: 'wrong', fault });
