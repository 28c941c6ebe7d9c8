import { useMemo, useState, type ReactNode } from 'react';
import type { Past } from '../../api/replay.ts';
import { copyText } from '../../api/copy.ts';
import { JsonTree, type Target } from '../../json/json-tree.tsx';
import { LongText } from '../../json/long-text.tsx';
import { joinedText } from '../../json/text-source.ts';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, plural } from '../../ui/format.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import styles from './replay-view.module.css';
import { useCatalogueText } from './use-catalogue-text.ts';

interface StatePaneProps {
  /** Null until the first is there. */
  readonly past: Past | null;
  readonly error: unknown;
  readonly onRetry: () => void;
  /** The topic that the change spoke of. */
  readonly changed: string | null;
}

/** The topics as they were, to be looked at. */
export function StatePane({ past: wanted, error, onRetry, changed }: StatePaneProps): ReactNode {
  const [isRaw, setRaw] = useState(false);
  const { past, text, places } = useCatalogueText(wanted);
  const source = useMemo(() => joinedText([text]), [text]);
  const at = changed === null ? undefined : places.get(changed);
  const version = past?.version ?? 0;
  const target = useMemo((): Target | null => (at === undefined ? null : { at, turn: version }), [at, version]);
  const label = `Topics at version ${count(version)}`;
  return (
    <>
      <div className={styles['head']}>
        <h2>
          At version {count(version)}
          {past ? <span className={styles['quiet']}> · {plural(past.topics.length + past.left, 'topic')}</span> : null}
        </h2>
        <ChoiceGroup
          label="Topics shown as"
          choices={[
            { name: 'tree', content: 'Tree' },
            { name: 'raw', content: 'Raw' },
          ]}
          current={isRaw ? 'raw' : 'tree'}
          onChoose={(name) => setRaw(name === 'raw')}
        />
      </div>
      <div className={styles['state']}>
        {error ? <ErrorPanel error={error} onRetry={onRetry} onCopy={copyText} /> : null}
        {past?.isPartial && !error ? (
          <p className={styles['note']} role="status">
            The first {count(past.topics.length)} topics; {count(past.left)} more are being read…
          </p>
        ) : null}
        {!past && !error ? <Skeleton label="Topics are being read" /> : null}
        {past && past.topics.length === 0 ? <p className={styles['note']}>There are no topics at this version.</p> : null}
        {past && past.topics.length > 0 ? (
          isRaw ? (
            <LongText text={source} label={label} pattern={null} target={null} />
          ) : (
            <JsonTree key={`${version} ${past.topics.length}`} text={text} label={label} root="topics" pattern={null} target={target} />
          )
        ) : null}
      </div>
    </>
  );
}
