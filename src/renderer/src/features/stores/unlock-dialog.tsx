import { Pencil, RotateCcw, TriangleAlert, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { usePlace } from '../../state/place.ts';
import { AlertDialog } from '../../ui/alert-dialog.tsx';
import { Button } from '../../ui/button.tsx';
import { shownName } from './shown-name.ts';
import { GO_SERVER_LIMIT, useUnlock } from './unlock.ts';
import styles from './unlock-dialog.module.css';

/** What it means that a store can be written, before it can. */
export function UnlockDialog({ store }: { readonly store: StoreInfo }): ReactNode {
  const openDialog = usePlace((place) => place.openDialog);
  const unlock = useUnlock();
  return (
    <AlertDialog
      title="Unlock writing?"
      description={`${shownName(store.name)} is open read-only: ${store.readOnly ?? ''}`}
      onCancel={() => openDialog(null)}
      action={
        <Button
          look="primary"
          onClick={() => {
            openDialog(null);
            unlock();
          }}
        >
          Unlock Writing
        </Button>
      }
    >
      <ul className={styles['means']}>
        <li>
          <Pencil size={14} strokeWidth={1.75} aria-hidden />
          <span>Events can be appended, and topics created, changed and deleted. An event that was appended cannot be taken back.</span>
        </li>
        <li>
          <Users size={14} strokeWidth={1.75} aria-hidden />
          <span>Other Tidemark windows and commands take turns with this one; each append checks the version it expects.</span>
        </li>
        {store.kind === 'fs' ? (
          <li className={styles['warn']}>
            <TriangleAlert size={14} strokeWidth={1.75} aria-hidden />
            <span>{GO_SERVER_LIMIT}</span>
          </li>
        ) : null}
        <li>
          <RotateCcw size={14} strokeWidth={1.75} aria-hidden />
          <span>Unlocking itself writes nothing. File › Make Read-Only takes it back.</span>
        </li>
      </ul>
    </AlertDialog>
  );
}
