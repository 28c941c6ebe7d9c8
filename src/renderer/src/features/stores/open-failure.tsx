import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { errorFacts, errorFromFacts, isEventStoreError } from '../../../../shared/model/errors.ts';
import { copyText } from '../../api/copy.ts';
import { useOpenFailure, useRecentStores } from '../../api/queries.ts';
import { tidemark } from '../../api/tidemark.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import styles from './open-failure.module.css';
import { shownName } from './shown-name.ts';
import type { Opening } from './use-store-commands.ts';

interface Failure {
  readonly path: string | null;
  readonly readOnly?: boolean | undefined;
  readonly error: unknown;
  readonly dismiss: () => void;
}

/** The opening that failed last, whoever asked for it: the page, the command line, a second start. */
export function useFailure(opening: Opening): Failure | null {
  const { data } = useOpenFailure();
  if (opening.error) {
    const { path } = errorFacts(opening.error).details;
    return { path: typeof path === 'string' ? path : null, error: opening.error, dismiss: opening.reset };
  }
  if (!data) return null;
  return {
    path: data.path,
    readOnly: data.readOnly,
    error: errorFromFacts(data.error),
    dismiss: () => void tidemark.storesDismissFailure({}),
  };
}

interface FailureContentProps {
  readonly failure: Failure;
  readonly opening: Opening;
  /** Where nothing around it closes it. */
  readonly onClose?: () => void;
}

/** What could not be opened, why, and the ways on from there. */
export function FailureContent({ failure, opening, onClose }: FailureContentProps): ReactNode {
  const { error, path, readOnly, dismiss } = failure;
  const recent = useRecentStores().data?.find((store) => store.path === path);
  const client = useQueryClient();
  const again = (configTopic?: string): void => {
    if (path === null) return;
    dismiss();
    opening.mutate(() => tidemark.storesOpen({ path, configTopic, readOnly }));
  };
  const candidates = candidatesOf(error);
  return (
    <ErrorPanel error={error} onCopy={copyText}>
      {candidates.length === 0 ? null : (
        <div className={styles['candidates']} role="group" aria-label="Which topic is the configuration?">
          {candidates.map((candidate) => (
            <Button key={candidate} onClick={() => again(candidate)}>
              Open with {shownName(candidate, 40)}
            </Button>
          ))}
        </div>
      )}
      {path !== null && isEventStoreError(error, 'STORAGE_UNAVAILABLE', 'STORE_LOCKED', 'REPOSITORY_FAILED') ? (
        <Button onClick={() => again()}>Try Again</Button>
      ) : null}
      {recent && path !== null ? (
        <>
          <Button onClick={() => (dismiss(), opening.mutate(() => tidemark.storesFind({ path })))}>Find It…</Button>
          <Button
            onClick={() => {
              dismiss();
              void tidemark.storesForget({ path }).then(() => client.invalidateQueries({ queryKey: ['recent'] }));
            }}
          >
            Remove From Recent
          </Button>
        </>
      ) : null}
      {onClose ? <Button onClick={onClose}>Close</Button> : null}
    </ErrorPanel>
  );
}

/** The same in front of the store that is still open. */
export function FailureDialog({ opening }: { readonly opening: Opening }): ReactNode {
  const failure = useFailure(opening);
  if (failure === null) return null;
  const name = failure.path === null ? 'The demo store' : shownName(failure.path, 80);
  return (
    <Dialog
      title={candidatesOf(failure.error).length > 0 ? 'Which topic is the configuration?' : 'It could not be opened'}
      description={`${name}. The store in this window stays open.`}
      onClose={failure.dismiss}
      footer={
        <Button look="primary" onClick={failure.dismiss}>
          Close
        </Button>
      }
    >
      <FailureContent failure={failure} opening={opening} />
    </Dialog>
  );
}

const MOST_CANDIDATES = 50;

function candidatesOf(error: unknown): readonly string[] {
  if (!isEventStoreError(error, 'INVALID_INPUT')) return [];
  const { candidates } = error.details;
  return Array.isArray(candidates) ? candidates.slice(0, MOST_CANDIDATES).map(String) : [];
}
