import { GitBranch } from 'lucide-react';
import { useMemo, type ReactNode } from 'react';
import { causationOf } from '../../../../shared/model/causation.ts';
import type { JsonText } from '../../../../shared/model/json-text.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { shorten } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { CauseLink } from './cause-link.tsx';
import styles from './event-metadata.module.css';

/** Larger metadata is not looked through: ids stand in small ones. */
const MOST = 256 * 1024;
const NONE = { correlationId: null, causationId: null };

/** What metadata says of where an event comes from, as ways to get there. */
export function CauseBar({ metadata, ownId }: { readonly metadata: JsonText; readonly ownId: string }): ReactNode {
  const { correlationId, causationId } = useMemo(() => (metadata.length > MOST ? NONE : causationOf(metadata)), [metadata]);
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
