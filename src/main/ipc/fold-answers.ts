import { STATE_CHARS, type ComparedState, type CutText, type FoldChange } from '../../shared/ipc/contract/folds.ts';
import type { FoldedState, FoldFault } from '../../shared/model/fold.ts';
import type { JsonDiff } from '../../shared/model/json-diff.ts';
import { textPart } from '../../shared/model/text-part.ts';
import { shorten } from './event-rows.ts';

const REASON_CHARS = 2000;
const PATH_CHARS = 300;
const VALUE_CHARS = 300;
/** UTF-16 units of all changes of one answer; with two states beside them, two bytes each at worst, it is under 256 KiB. */
const CHANGES_CHARS = 40 * 1024;

export function cutState(state: string | null): CutText | null {
  return state === null ? null : cut(state, STATE_CHARS);
}

export function shortFault(fault: FoldFault | null): FoldFault | null {
  if (fault === null) return null;
  const { reason, path } = fault;
  return { ...fault, reason: shorten(reason, REASON_CHARS), ...(path === undefined ? {} : { path: shorten(path, PATH_CHARS) }) };
}

export function comparedState({ state, fault }: FoldedState): ComparedState {
  return { state: cutState(state), fault: shortFault(fault) };
}

/** As many changes as one answer holds. */
export function shortChanges({ changes, isCut }: JsonDiff): { readonly changes: readonly FoldChange[]; readonly isCut: boolean } {
  const shown: FoldChange[] = [];
  let room = CHANGES_CHARS;
  for (const { path, kind, before, after } of changes) {
    const change = { path: shorten(path, PATH_CHARS), kind, before: cutValue(before), after: cutValue(after) };
    room -= 60 + change.path.length + (change.before?.text.length ?? 0) + (change.after?.text.length ?? 0);
    if (room < 0) return { changes: shown, isCut: true };
    shown.push(change);
  }
  return { changes: shown, isCut };
}

function cutValue(value: string | null): CutText | null {
  return value === null ? null : cut(value, VALUE_CHARS);
}

function cut(text: string, chars: number): CutText {
  return { text: textPart(text, 0, chars), total: text.length };
}
