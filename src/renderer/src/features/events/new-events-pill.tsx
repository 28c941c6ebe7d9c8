import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { count, plural } from '../../ui/format.ts';
import styles from './event-grid.module.css';

interface NewEventsPillProps {
  readonly rows: number;
  /** Rows come that are not new. */
  readonly isScanning: boolean;
  readonly newestSeen: boolean;
  /** Where the newest row is. */
  readonly place: 'top' | 'bottom';
  readonly onJump: () => void;
}

/** How often at most new events are told to those who listen. */
const ANNOUNCE_MS = 5000;

/** What came while something else was being read, and the way to it. */
export function NewEventsPill({ rows, isScanning, newestSeen, place, onJump }: NewEventsPillProps): ReactNode {
  const [seen, setSeen] = useState(rows);
  if (newestSeen || isScanning ? seen !== rows : seen > rows) setSeen(rows);
  const unseen = newestSeen ? 0 : Math.max(0, rows - seen);
  return (
    <>
      {unseen > 0 ? (
        <button type="button" className={styles['pill']} data-place={place} onClick={onJump}>
          {place === 'top' ? <ArrowUp size={14} aria-hidden /> : <ArrowDown size={14} aria-hidden />}
          {count(unseen)} new · jump to latest
        </button>
      ) : null}
      {isScanning ? null : <Announcer rows={rows} />}
    </>
  );
}

/** Says how many events came, at most every five seconds. */
function Announcer({ rows }: { readonly rows: number }): ReactNode {
  const [told, setTold] = useState({ rows, text: '' });
  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
  }, [rows]);
  const isBehind = rows > told.rows;
  useEffect(() => {
    if (!isBehind) return undefined;
    const timer = setTimeout(() => {
      setTold((before) => ({ rows: latest.current, text: plural(latest.current - before.rows, 'new event') }));
    }, ANNOUNCE_MS);
    return () => clearTimeout(timer);
  }, [isBehind]);
  return (
    <span role="status" aria-live="polite" className="visually-hidden">
      {told.text}
    </span>
  );
}
