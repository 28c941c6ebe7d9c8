import { ArrowLeft } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import type { RelatedPicture } from '../../../../shared/ipc/contract/survey.ts';
import { CAUSATION_KEYS, CORRELATION_KEYS } from '../../../../shared/model/causation.ts';
import { copyText } from '../../api/copy.ts';
import { useRelated } from '../../api/causes.ts';
import { usePlace } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, plural, shorten } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { layOutChain } from './chain-layout.ts';
import { ChainPicture } from './chain-picture.tsx';
import { ChainTable } from './chain-table.tsx';
import styles from './chain-view.module.css';

interface ChainViewProps {
  readonly path: string;
  readonly topic: string;
  readonly version: number | null;
}

/** What led to an event and what it led to, in every topic. */
export function ChainView({ path, topic, version }: ChainViewProps): ReactNode {
  if (version === null) {
    return (
      <EmptyState title="No event chosen">
        <p>Choose an event in the list: what caused it, and what it caused, is shown here.</p>
      </EmptyState>
    );
  }
  return <Chain key={`${version} ${topic}`} path={path} topic={topic} version={version} />;
}

function Chain({ path, topic, version }: ChainViewProps & { readonly version: number }): ReactNode {
  const go = usePlace((place) => place.go);
  const [isStopped, setStopped] = useState(false);
  const [isTable, setTable] = useState(false);
  const query = useRelated(path, topic, version, isStopped);
  const picture = query.data;
  const layout = useMemo(() => layOutChain(picture?.events ?? []), [picture]);
  const back = (): void => go({ view: 'events', topic, version });
  const open = (to: { readonly topic: string; readonly version: number }): void =>
    go({ view: 'events', topic: to.topic, version: to.version });
  const isDone = picture?.progress.done ?? false;
  const chosen = { topic, version };

  return (
    <section
      className={styles['view']}
      aria-label="Causation"
      onKeyDown={(event) => {
        if (event.key === 'Escape') back();
      }}
    >
      <div className={styles['toolbar']} role="toolbar" aria-label="Causation">
        <Button look="quiet" onClick={back} title="Back to the event (Esc)" data-first>
          <ArrowLeft size={14} strokeWidth={1.75} aria-hidden /> {visibleText(shorten(topic, 40))} {count(version)}
        </Button>
        <span className={styles['says']}>
          <span role="status">{picture ? plural(picture.events.length, 'related event') : ''}</span>
          {picture?.correlationId ? (
            <span className={`${styles['correlation']} mono`} title={picture.correlationId}>
              {visibleText(shorten(picture.correlationId, 40))}
            </span>
          ) : null}
        </span>
        <Progress picture={picture} isStopped={isStopped} onStop={() => setStopped(true)} onGoOn={() => setStopped(false)} />
        <div className={styles['choice']} role="group" aria-label="Shown as">
          <button type="button" aria-pressed={!isTable} onClick={() => setTable(false)}>
            Picture
          </button>
          <button type="button" aria-pressed={isTable} onClick={() => setTable(true)}>
            Table
          </button>
        </div>
      </div>
      <Limits picture={picture} />
      {content()}
    </section>
  );

  function content(): ReactNode {
    if (query.error) {
      return (
        <div className={styles['message']}>
          <ErrorPanel error={query.error} onRetry={() => void query.refetch()} onCopy={copyText} />
        </div>
      );
    }
    if (!picture) return <p className={styles['late']}>Looking for related events…</p>;
    if (isDone && picture.events.length <= 1 && layout.nodes.length <= 1) {
      return (
        <EmptyState title="Nothing else belongs to this event">
          <p>
            Events belong together when their metadata holds the same correlation id (<Names of={CORRELATION_KEYS} />
            ), or when one names the id of another as its cause (<Names of={CAUSATION_KEYS} />
            ). No other event of this store does that with this one.
          </p>
          <Button onClick={back}>Back to the event</Button>
        </EmptyState>
      );
    }
    return isTable ? (
      <ChainTable layout={layout} chosen={chosen} onOpen={open} />
    ) : (
      <ChainPicture layout={layout} chosen={chosen} isDone={isDone} onOpen={open} />
    );
  }
}

function Names({ of }: { readonly of: readonly string[] }): ReactNode {
  return of.map((name, index) => (
    <span key={name}>
      {index > 0 ? ', ' : ''}
      <code>{name}</code>
    </span>
  ));
}

interface ProgressProps {
  readonly picture: RelatedPicture | undefined;
  readonly isStopped: boolean;
  readonly onStop: () => void;
  readonly onGoOn: () => void;
}

function Progress({ picture, isStopped, onStop, onGoOn }: ProgressProps): ReactNode {
  if (!picture || picture.progress.done) return null;
  const { scanned, total } = picture.progress;
  return (
    <span className={styles['progress']}>
      <progress value={scanned} max={Math.max(1, total)} aria-label="Events looked at" />
      <span className="mono">
        {count(scanned)} of {count(total)}
      </span>
      {isStopped ? <Button onClick={onGoOn}>Go on</Button> : <Button onClick={onStop}>Stop</Button>}
    </span>
  );
}

/** What the picture does not show, in words. */
function Limits({ picture }: { readonly picture: RelatedPicture | undefined }): ReactNode {
  if (!picture || (!picture.truncated && picture.unreachable.length === 0)) return <div />;
  const names = picture.unreachable.slice(0, 5).map((name) => shorten(name, 40));
  return (
    <p role="status" className={styles['limits']}>
      {picture.truncated ? 'More events belong to this one than can be shown; these are the first. ' : ''}
      {picture.unreachable.length > 0 ? (
        <>
          {plural(picture.unreachable.length, 'topic')} could not be looked through: {visibleText(names.join(', '))}
          {picture.unreachable.length > names.length ? ', …' : ''}
        </>
      ) : null}
    </p>
  );
}
