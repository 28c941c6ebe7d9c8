import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { useStoreStatus } from '../../api/queries.ts';
import { useSettings } from '../../api/settings.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { usePlace } from '../../state/place.ts';
import { useStatus } from '../../state/status.ts';
import { plural, shorten, size, zoomText } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { JobsButton } from './jobs-button.tsx';
import styles from './status-bar.module.css';

const MOST_PATH = 64;

/** The store in a line, what is selected and shown, and what is under way. */
export function StatusBar({ store }: { readonly store: StoreInfo }): ReactNode {
  const says = useStatus((status) => status.says);
  const following = usePlace((place) => place.following);
  const { zoom } = useSettings();
  const { data } = useStoreStatus(store.path);
  return (
    <footer className={styles['bar']} data-pane tabIndex={-1} aria-label="Status">
      <span className={styles['path']} title={store.path}>
        {visibleText(shorten(store.path, MOST_PATH))}
      </span>
      <span title={store.readOnly ?? undefined}>{store.readOnly === null ? 'read and write' : 'read-only'}</span>
      {data ? (
        <>
          <span>{plural(data.topics, 'topic')}</span>
          <span>{atLeast(data.atLeast.events, plural(data.events, 'event'))}</span>
          {data.bytes === null ? null : <span>{atLeast(data.atLeast.bytes, size(data.bytes))}</span>}
        </>
      ) : null}
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

/** Not everything was looked at: there may be more. */
const atLeast = (isLeast: boolean, text: string): string => (isLeast ? `${text} or more` : text);
