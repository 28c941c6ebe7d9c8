import type { ReactNode } from 'react';
import type { RepositoryHealth } from '../../../../shared/model/health.ts';
import { Badge } from '../../ui/badge.tsx';
import { count, shorten, size } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './health-view.module.css';
import { TONES } from './tones.ts';

/** What an adapter checks, as a person calls it. What is not here is shown under its own name. */
const NAMES: Readonly<Record<string, string>> = {
  path: 'Place',
  sizeBytes: 'Size',
  lock: 'Lock',
  journalMode: 'Journal',
  sqlite: 'SQLite',
  synchronous: 'Synchronous',
  openIntents: 'Batches on their way',
  problems: 'Problems',
  exists: 'On the disk',
  privateCopy: 'Read from a private copy',
  writing: 'Open for writing',
};

export function RepositoryCard({ repository }: { readonly repository: RepositoryHealth }): ReactNode {
  const { adapter, connection, status, state, reason, checked, topicCount, readOnly } = repository;
  const facts = Object.entries({ ...(topicCount === undefined ? {} : { Topics: topicCount }), State: state, ...checked });
  return (
    <div className={styles['card']}>
      <div className={styles['cardHead']}>
        <span className="mono">{visibleText(shorten(`${adapter}:${connection}`, 200))}</span>
        <Badge tone={TONES[status]}>{status === 'unknown' ? 'not opened yet' : status}</Badge>
        {readOnly ? <Badge>read-only</Badge> : null}
      </div>
      {reason === undefined ? null : <p className={styles['reason']}>{visibleText(shorten(reason, 1000))}</p>}
      <dl className={styles['facts']}>
        {facts.map(([fact, value]) => (
          <div key={fact}>
            <dt>{NAMES[fact] ?? fact}</dt> <dd>{visibleText(shorten(factText(fact, value), 400))}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function factText(fact: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  return fact === 'sizeBytes' ? size(value) : count(value);
}
