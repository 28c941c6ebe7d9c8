import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { RestoreStepRow } from '../../../../shared/ipc/contract/replay.ts';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { copyText } from '../../api/copy.ts';
import { useRestoreReview, type WholeReview } from '../../api/replay.ts';
import { tidemark } from '../../api/tidemark.ts';
import { catalogueChanged } from '../../api/topics.ts';
import { usePlaceParts } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, plural } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import { FieldDifferences } from './field-differences.tsx';
import styles from './restore-dialog.module.css';

interface RestoreDialogProps {
  readonly store: StoreInfo;
  readonly version: number;
}

/** Exactly what restoring appends and what it cannot bring back; nothing is written before the button below it. */
export function RestoreDialog({ store, version }: RestoreDialogProps): ReactNode {
  const client = useQueryClient();
  const { openDialog, lookAt } = usePlaceParts('openDialog', 'lookAt');
  const review = useRestoreReview(store.path, version);
  const restore = useMutation({
    mutationFn: async (of: WholeReview) =>
      replyValue(await tidemark.replayRestore({ version: of.version, expectedVersion: of.expectedVersion })),
    onSuccess: (_done, { expectedVersion }) => {
      catalogueChanged(client);
      lookAt(null);
      openDialog(null);
      showToast({
        title: `The topics are as they were at version ${count(version)}`,
        description: `To take it back, restore version ${count(expectedVersion)}.`,
        action: { label: 'Take it back…', run: () => openDialog({ kind: 'restore-version', version: expectedVersion }) },
      });
    },
  });
  const planned = review.isFetching ? null : (review.data ?? null);
  const total = planned?.steps.total ?? 0;
  /** What is being written is waited for: how it ended must be seen. */
  const close = (): void => (restore.isPending ? undefined : openDialog(null));
  const lookAgain = (): void => {
    restore.reset();
    void review.refetch();
  };
  return (
    <Dialog
      title={`Restore the topics of version ${count(version)}`}
      description="History is not rewritten: what differs is brought back by appending new events to the configuration topic. Taking it back is another restore."
      width={640}
      onClose={close}
      note={planned ? `Expected version of the configuration: ${count(planned.expectedVersion)}` : null}
      footer={
        <>
          <Button onClick={close} disabled={restore.isPending}>
            Cancel
          </Button>
          <Button
            look="primary"
            disabled={planned === null || total === 0 || store.readOnly !== null || restore.isPending || restore.isError}
            onClick={() => planned && restore.mutate(planned)}
          >
            {planned && total === 0 ? 'Nothing to append' : restore.isPending ? 'Appending…' : `Append ${plural(total, 'event')}`}
          </Button>
        </>
      }
    >
      {store.readOnly === null ? null : <p className={styles['refusal']}>Nothing can be appended. Read-only: {store.readOnly}</p>}
      {review.isFetching ? <Skeleton label="What is to be done is being found out" /> : null}
      {planned && !restore.isError ? <Review review={planned} /> : null}
      {restore.error ? (
        <ErrorPanel error={restore.error} onCopy={copyText}>
          <Button onClick={lookAgain}>Plan again</Button>
        </ErrorPanel>
      ) : null}
      {review.error && !review.isFetching ? <ErrorPanel error={review.error} onRetry={lookAgain} onCopy={copyText} /> : null}
    </Dialog>
  );
}

function Review({ review: { steps, notRestored } }: { readonly review: WholeReview }): ReactNode {
  return (
    <>
      {steps.total === 0 ? <p>The topics are already as they were then, as far as they can be.</p> : null}
      {steps.total > 0 ? (
        <>
          <h3 className={styles['title']}>{plural(steps.total, 'event')} will be appended, in this order</h3>
          <LongList
            label="What will be appended"
            rows={steps.rows}
            keyOf={({ kind, topic }) => `${kind} ${topic}`}
            of={(step) => <Step step={step} />}
          />
        </>
      ) : null}
      {notRestored.total > 0 ? (
        <>
          <h3 className={styles['title']}>{count(notRestored.total)} cannot be restored</h3>
          <LongList
            label="What cannot be restored"
            rows={notRestored.rows}
            keyOf={({ topic, code }) => `${code} ${topic}`}
            of={({ topic, code, reason }) => (
              <>
                <b>{visibleText(topic.slice(0, 200))}</b> <span className={`${styles['code']} mono`}>{code}</span>
                <p>{visibleText(reason)}</p>
              </>
            )}
          />
        </>
      ) : null}
    </>
  );
}

const EVENTS: Readonly<Record<RestoreStepRow['kind'], string>> = {
  delete: 'TopicDeleted',
  'bring-back': 'TopicCreated',
  create: 'TopicCreated',
  update: 'TopicUpdated',
};

function Step({ step: { kind, topic, from, changed, more } }: { readonly step: RestoreStepRow }): ReactNode {
  const says: Readonly<Record<RestoreStepRow['kind'], string>> = {
    delete: 'its events move to the trash',
    'bring-back': 'its events come back from the trash',
    create: 'without events',
    update: '',
  };
  return (
    <>
      <span className="mono">{EVENTS[kind]}</span> <b>{visibleText(topic.slice(0, 200))}</b>{' '}
      <span className={styles['says']}>{says[kind]}</span>
      {from === null ? null : <span className={styles['says']}>, where they are called {visibleText(from.slice(0, 200))}</span>}
      <FieldDifferences changed={changed} more={more} label={`Fields of ${topic.slice(0, 200)}`} />
    </>
  );
}

const PAGE = 200;

interface LongListProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly of: (row: T) => ReactNode;
}

/** Rows of any number: the first ones, and more when asked. */
function LongList<T>({ label, rows, keyOf, of }: LongListProps<T>): ReactNode {
  const [shown, setShown] = useState(PAGE);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and must by keys too
    <div className={styles['scroller']} role="region" aria-label={label} tabIndex={0}>
      <ol>
        {rows.slice(0, shown).map((row) => (
          <li key={keyOf(row)}>{of(row)}</li>
        ))}
      </ol>
      {rows.length > shown ? (
        <Button onClick={() => setShown(shown + PAGE)}>
          Show {count(Math.min(PAGE, rows.length - shown))} more of {count(rows.length)}
        </Button>
      ) : null}
    </div>
  );
}
