import type { RefObject } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { useCommands } from '../../commands/command-table.ts';
import { usePlaceParts } from '../../state/place.ts';
import type { Replay } from './use-replay.ts';

/** Why the version looked at cannot be restored; null when it can. */
function restoreRefusal({ readOnly }: StoreInfo, isNow: boolean): string | null {
  if (readOnly !== null) return `Read-only: ${readOnly}`;
  return isNow ? 'This is the present: there is nothing to restore.' : null;
}

export function useReplayCommands(store: StoreInfo, replay: Replay, jump: RefObject<HTMLInputElement | null>): void {
  const { openDialog, markConfig } = usePlaceParts('openDialog', 'markConfig');
  const { at, last, here, newest, isNow, marked, playback, goTo, isTimeTrue, setTimeTrue, hasTimes, toNow } = replay;
  const nothing = newest === 0 ? 'There is no configuration to replay.' : null;
  useCommands({
    'replay.play': { run: playback.toggle, refusal: nothing ?? (last === 0 ? 'No change is listed.' : null) },
    'replay.stepBack': { run: () => goTo(at - 1), refusal: nothing ?? (at === 0 ? 'This is the beginning.' : null) },
    'replay.stepForward': { run: () => goTo(at + 1), refusal: nothing ?? (at === last ? 'This is the last change.' : null) },
    'replay.now': { run: toNow, refusal: nothing ?? (isNow ? 'This is the present.' : null) },
    'replay.timeTrue': {
      run: () => setTimeTrue(!isTimeTrue),
      checked: isTimeTrue,
      refusal: nothing ?? (hasTimes ? null : 'All changes have the same time.'),
    },
    'replay.markA': { run: () => markConfig(marked === here ? null : here), refusal: nothing },
    'replay.restore': {
      run: () => openDialog({ kind: 'restore-version', version: here }),
      refusal: nothing ?? restoreRefusal(store, isNow),
    },
    'events.jump': { run: () => jump.current?.focus(), refusal: nothing },
  });
}
