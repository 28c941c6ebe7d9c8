import { useState } from 'react';
import { useCommands } from '../../commands/command-table.ts';
import { usePlaceParts } from '../../state/place.ts';

export const DETAIL_TABS = ['Tree', 'Raw', 'Metadata', 'Diff'] as const;
export type DetailTab = (typeof DETAIL_TABS)[number];
/** What an event is compared with. */
export type DiffBase = 'previous' | 'marked';

export interface DetailState {
  readonly tab: DetailTab;
  readonly show: (tab: DetailTab) => void;
  readonly base: DiffBase;
  readonly compareWith: (base: DiffBase) => void;
}

const CHOOSE = 'Choose an event first.';

/** What the detail shows of an event, kept while the cursor moves; and the commands that show something there. */
export function useDetail(open: () => void): DetailState {
  const [tab, setTab] = useState<DetailTab>('Tree');
  const [base, setBase] = useState<DiffBase>('previous');
  const { version, marked, go } = usePlaceParts('version', 'marked', 'go');
  const compare = (to: DiffBase): void => {
    setBase(to);
    setTab('Diff');
    open();
  };
  useCommands({
    'events.diffPrevious': { run: () => compare('previous'), refusal: version === null ? CHOOSE : null },
    'events.diffMarked': {
      run: () => compare('marked'),
      refusal: version === null ? CHOOSE : marked === null ? 'Mark the event to compare with first.' : null,
    },
    'events.related': { run: () => go({ view: 'chain' }), refusal: version === null ? CHOOSE : null },
  });
  return { tab, show: setTab, base, compareWith: setBase };
}
