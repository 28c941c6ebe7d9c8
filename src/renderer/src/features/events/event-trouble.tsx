import type { ReactNode } from 'react';
import { errorFacts } from '../../../../shared/model/errors.ts';
import type { DamagedVersion } from '../../../../shared/model/event.ts';
import { copyText } from '../../api/copy.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './event-detail.module.css';

interface EventTroubleProps {
  readonly error: unknown;
  readonly topic: string;
  readonly version: number;
  readonly onRetry: () => void;
}

/** Why there is no event to show, and what can be done. */
export function EventTrouble({ error, topic, version, onRetry }: EventTroubleProps): ReactNode {
  const { code, details } = errorFacts(error);
  const damage = code === 'DAMAGED_EVENT' ? (details['damage'] as DamagedVersion | undefined) : undefined;
  if (code === 'INVALID_INPUT' && details['field'] === 'version') {
    return (
      <EmptyState title={`No event is stored as version ${count(version)}`}>
        <p>
          The number is in the history of {visibleText(topic.slice(0, 100))}, and nothing is stored under it: it was never written, or
          something other than Tidemark has removed it. Health names such gaps.
        </p>
      </EmptyState>
    );
  }
  if (code === 'TOPIC_NOT_FOUND') {
    return (
      <EmptyState title="This topic is gone">
        <p>It was deleted while it was on the screen. What it held lies in the trash until it is purged.</p>
      </EmptyState>
    );
  }
  return (
    <div className={styles['message']}>
      <ErrorPanel error={error} onRetry={onRetry} onCopy={copyText} />
      {damage ? (
        <dl className={styles['damage']}>
          <dt>Problem</dt>
          <dd className="mono">{damage.code}</dd>
          <dt>Reason</dt>
          <dd>{visibleText(damage.reason.slice(0, 2000))}</dd>
          <dt>Place</dt>
          <dd className="mono">{visibleText(damage.place.slice(0, 2000))}</dd>
          <dt>What to do</dt>
          <dd>
            Nothing was changed, and the other events are not affected. Restore this place from a backup, or look at it with another
            program; Tidemark reads it again at Retry. Its raw bytes cannot be shown here.
          </dd>
        </dl>
      ) : null}
    </div>
  );
}
