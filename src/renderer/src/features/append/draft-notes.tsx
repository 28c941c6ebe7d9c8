import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { count, plural, shorten } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './append-view.module.css';
import type { Checked, Finding } from './check-draft.ts';
import type { Draft } from './draft.ts';
import { ExpectedVersion } from './expected-version.tsx';
import type { LatestOfType } from '../../api/topic-shape.ts';

/** More are found again when these are mended. */
const MOST_SHOWN = 50;

interface DraftNotesProps {
  readonly draft: Draft;
  readonly latest: number;
  readonly goReads: boolean;
  /** Null while the draft is being looked at. */
  readonly checked: Checked | null;
  /** A type that the topic has, and its newest event. */
  readonly type: string | null;
  readonly latestOfType: LatestOfType | null;
  readonly onExpected: (version: number | null) => void;
  readonly onFinding: (finding: Finding) => void;
  readonly onTemplate: (version: number) => void;
}

/** What goes with the draft: the expected version, what is wrong with it, where it can start from. */
export function DraftNotes(props: DraftNotesProps): ReactNode {
  const { draft, latest, goReads, checked, type, latestOfType, onExpected, onFinding, onTemplate } = props;
  // What is empty is not wrong yet.
  const findings = (checked?.findings ?? []).filter(({ field, to }) => field !== 'type' || to > 0);
  const hidden =
    (checked ? checked.errors + checked.warnings : 0) -
    Math.min(findings.length, MOST_SHOWN) -
    ((checked?.findings.length ?? 0) - findings.length);
  return (
    <div className={styles['notes']}>
      <ExpectedVersion expected={draft.expected} latest={latest} onChange={onExpected} />
      {findings.length > 0 ? (
        <section aria-label="Findings">
          <h3 className={styles['section']}>
            {[
              ...(checked?.errors ? [plural(checked.errors, 'fault')] : []),
              ...(checked?.warnings ? [plural(checked.warnings, 'warning')] : []),
            ].join(', ')}
          </h3>
          <ul className={styles['findings']}>
            {findings.slice(0, MOST_SHOWN).map((finding) => {
              const Icon = finding.severity === 'error' ? CircleAlert : TriangleAlert;
              return (
                <li key={`${finding.field} ${finding.from} ${finding.message}`}>
                  <button type="button" onClick={() => onFinding(finding)}>
                    <Icon
                      size={14}
                      strokeWidth={1.75}
                      aria-label={finding.severity === 'error' ? 'Fault' : 'Warning'}
                      className={styles[finding.severity]}
                    />
                    <span>
                      <span className="mono">
                        {finding.field === 'batch' ? '' : `${finding.field} `}
                        {finding.line}:{finding.column}
                      </span>{' '}
                      {visibleText(finding.message)}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
          {hidden > 0 ? <p className={styles['hint']}>and {count(hidden)} more</p> : null}
        </section>
      ) : null}
      {type !== null && latestOfType ? (
        <section aria-label="Start from">
          <h3 className={styles['section']}>Start from</h3>
          <Button onClick={() => onTemplate(latestOfType.version)}>Latest {visibleText(shorten(type, 24))}</Button>
          {latestOfType.fields.length > 0 ? (
            <p className={styles['hint']}>
              Its latest events have{' '}
              <span className="mono">{visibleText(shorten(latestOfType.fields.map((field) => shorten(field, 40)).join(', '), 400))}</span>;
              Ctrl+Space in the data offers them.
            </p>
          ) : null}
        </section>
      ) : null}
      <section aria-label="Good to know">
        <h3 className={styles['section']}>Good to know</h3>
        <ul className={styles['know']}>
          <li>Appended events stay: they are never changed or removed. Nothing is written before the review.</li>
          <li>All of a draft is appended, or none of it.</li>
          <li>Numbers stay as typed, also 9007199254740993 and 1.10.</li>
          {goReads ? <li>{GO_SERVER}</li> : null}
        </ul>
      </section>
    </div>
  );
}

export const GO_SERVER = 'A Go server that runs on this folder takes no lock and may overwrite what is appended here.';
