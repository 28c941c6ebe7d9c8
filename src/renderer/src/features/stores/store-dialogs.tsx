import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { usePlace } from '../../state/place.ts';
import { FailureDialog } from './open-failure.tsx';
import { RecentWriteQuestion } from './recent-write-question.tsx';
import { UnlockDialog } from './unlock-dialog.tsx';
import type { Opening } from './use-store-commands.ts';

/** What is asked and said about the store of the window, in front of it. */
export function StoreDialogs({ store, opening }: { readonly store: StoreInfo; readonly opening: Opening }): ReactNode {
  const dialog = usePlace((place) => place.dialog);
  return (
    <>
      <RecentWriteQuestion key={store.wroteElsewhere} store={store} />
      <FailureDialog opening={opening} />
      {dialog?.kind === 'unlock' && store.canUnlock ? <UnlockDialog store={store} /> : null}
    </>
  );
}
