import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { Badge } from '../../ui/badge.tsx';
import styles from './append-view.module.css';
import type { OpenDraft } from './open-drafts.ts';
import type { Stage } from './progress.ts';

const STEPS = ['Draft', 'Validate', 'Review', 'Append'] as const;

/** Where on its way into the topic the draft is. */
export function Steps({ stage, isBusy }: { readonly stage: Stage; readonly isBusy: boolean }): ReactNode {
  const at = stage === 'draft' ? 0 : stage === 'valid' ? 1 : isBusy ? 3 : 2;
  return (
    <ol className={styles['steps']} aria-label="Steps">
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={index === at ? 'step' : undefined}
          className={index < at || (index === 1 && at === 1) ? styles['done'] : undefined}
        >
          {index < at || (index === 1 && at === 1) ? (
            <Check size={12} strokeWidth={2.5} aria-hidden />
          ) : (
            <span aria-hidden>{index + 1}</span>
          )}
          {step}
        </li>
      ))}
    </ol>
  );
}

/** Whether the draft would survive a restart. */
export function KeptMark({ open }: { readonly open: OpenDraft }): ReactNode {
  if (open.trouble !== null) {
    return (
      <Badge tone="danger" title={open.trouble}>
        Draft is not kept
      </Badge>
    );
  }
  if (open.kept === 'nothing') return null;
  return (
    <Badge title="It lies on this machine, beside your settings, and comes back after a restart">
      {open.kept === 'yes' ? 'Draft kept' : 'Draft…'}
    </Badge>
  );
}
