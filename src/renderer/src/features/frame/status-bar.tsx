import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { useSettings } from '../../api/settings.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { usePlace } from '../../state/place.ts';
import { useStatus } from '../../state/status.ts';
import { shorten, zoomText } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { JobsButton } from './jobs-button.tsx';
import styles from './status-bar.module.css';

const MOST_PATH = 64;

interface StatusBarProps {
  readonly store: StoreInfo;
  /** How much the store holds. */
  readonly counts: ReactNode;
}

/** The store in a line, what is selected and shown, and what is under way. */
export function StatusBar({ store, counts }: StatusBarProps): ReactNode {
  const says = useStatus((status) => status.says);
  const following = usePlace((place) => place.following);
  const { zoom } = useSettings();
  return (
    <footer className={styles['bar']} data-pane tabIndex={-1} aria-label="Status">
      <span className={styles['path']} title={store.path}>
        {visibleText(shorten(store.path, MOST_PATH))}
      </span>
      <span title={store.readOnly ?? undefined}>{store.readOnly === null ? 'read and write' : 'read-only'}</span>
      {counts}
      <span className={styles['grow']} />
      {[...says].map(([key, text]) => (
        <span key={key} className={styles['said']}>
          {visibleText(text.slice(0, 120))}
        </span>
      ))}
      <JobsButton />
      {following ? <span>following</span> : null}
      {zoom === 0 ? null : (
        <CommandButton id="zoom.reset" look="quiet">
          {zoomText(zoom)}
        </CommandButton>
      )}
    </footer>
  );
}
