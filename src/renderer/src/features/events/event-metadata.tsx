import { GitBranch } from 'lucide-react';
import type { ReactNode } from 'react';
import { CommandButton } from '../../commands/command-button.tsx';
import { shorten } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { CauseLink } from './cause-link.tsx';
import { causesOf } from './causes.ts';
import styles from './event-metadata.module.css';

/** What metadata says of where an event comes from, as ways to get there. */
export function CauseBar({ metadata, ownId }: { readonly metadata: string; readonly ownId: string }): ReactNode {
  const { correlationId, causationId } = causesOf(metadata);
  if (correlationId === null && causationId === null) return null;
  return (
    <dl className={styles['causes']}>
      <dt>Caused by</dt>
      <dd>
        {causationId === null ? (
          <span className={styles['quiet']}>no other event: it begins its chain</span>
        ) : causationId === ownId ? (
          <span className={styles['quiet']}>itself</span>
        ) : (
          <CauseLink id={causationId} />
        )}
      </dd>
      <dt>Correlation</dt>
      <dd>
        <span className="mono" title={correlationId?.slice(0, 1000)}>
          {correlationId === null ? '–' : visibleText(shorten(correlationId, 40))}
        </span>
        <CommandButton id="events.related" look="quiet">
          <GitBranch size={14} strokeWidth={1.75} aria-hidden /> Show causation
        </CommandButton>
      </dd>
    </dl>
  );
}
