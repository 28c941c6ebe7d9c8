import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { IconButton } from '../ui/button.tsx';
import controls from '../ui/controls.module.css';
import { count } from '../ui/format.ts';
import styles from './find-bar.module.css';
import type { Finding } from './use-find.ts';

interface FindBarProps {
  readonly finding: Finding;
  /** Counts up each time it is asked for, also while it is open. */
  readonly asked: number;
  readonly onClose: () => void;
}

/** Searches the text that is on the screen: Enter goes on, Shift+Enter back, Esc closes. */
export function FindBar({ finding, asked, onClose }: FindBarProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [asked]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && event.target === input.current) finding.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div role="search" aria-label="Find in this event" className={styles['bar']} onKeyDown={onKeyDown}>
      <input
        ref={input}
        className={`${controls['input']} ${styles['input']}`}
        aria-label="Find in this event"
        placeholder="Find keys and values"
        spellCheck={false}
        value={finding.wanted}
        onChange={(event) => finding.search(event.target.value)}
      />
      <span role="status" className={styles['count']}>
        {said(finding)}
      </span>
      <IconButton label="Previous match" disabled={finding.count === 0} onClick={() => finding.step(-1)}>
        <ChevronUp size={14} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton label="Next match" disabled={finding.count === 0} onClick={() => finding.step(1)}>
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
      </IconButton>
      <IconButton label="Close the search" onClick={onClose}>
        <X size={14} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}

function said({ wanted, count: found, isCut, current, progress }: Finding): string {
  if (wanted === '') return '';
  const searching = progress === null ? '' : ` · ${Math.round(progress * 100)} %`;
  if (found === 0) return progress === null ? 'No match' : `searching${searching}`;
  return `${count(current + 1)} of ${count(found)}${isCut ? '+' : ''}${searching}`;
}
