import { LockOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { Badge } from '../../ui/badge.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './store-mode.module.css';

/** Whether the store can be written; if not, why, and the way to it where there is one. Nothing for a store that can. */
export function StoreMode({ store }: { readonly store: StoreInfo }): ReactNode {
  const { readOnly, canUnlock } = store;
  if (readOnly === null) return null;
  return (
    <span className={styles['mode']}>
      <Badge tone="warn" title={`Read-only: ${readOnly}`}>
        read-only
      </Badge>
      {canUnlock ? (
        <CommandButton id="store.unlock" look="quiet">
          <LockOpen size={14} strokeWidth={1.75} aria-hidden /> Unlock…
        </CommandButton>
      ) : (
        <span className={styles['reason']} title={readOnly}>
          {visibleText(readOnly)}
        </span>
      )}
    </span>
  );
}
