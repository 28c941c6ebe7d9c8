import type { ReactNode } from 'react';
import type { TopicCheckAnswer } from '../../../../shared/ipc/contract/topics.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './topic-dialogs.module.css';

/** The configuration event that is going to be appended, as it will be stored. */
export function EventPreview({ event, open = false }: { readonly event: TopicCheckAnswer['event']; readonly open?: boolean }): ReactNode {
  if (!event) return null;
  return (
    <details className={styles['preview']} open={open}>
      <summary>Appends a {event.type} event to the configuration</summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text must scroll by keyboard */}
      <div tabIndex={0} role="group" aria-label={`The ${event.type} event`}>
        <dl>
          <dt>data</dt>
          <dd className="mono">{visibleText(event.data)}</dd>
          <dt>metadata</dt>
          <dd className="mono">{visibleText(event.metadata)}</dd>
        </dl>
      </div>
    </details>
  );
}
