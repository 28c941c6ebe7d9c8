import type { KeyboardEvent, ReactNode } from 'react';
import { useSettings } from '../../api/settings.ts';
import { count, exactTime, hueOf, shorten, timeText } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { keyOf, type ChainLayout, type ChainNode } from './chain-layout.ts';
import styles from './chain-table.module.css';

interface ChainTableProps {
  readonly layout: ChainLayout;
  readonly chosen: { readonly topic: string; readonly version: number };
  readonly onOpen: (event: { readonly topic: string; readonly version: number }) => void;
}

/** The same events as the picture, by time. Up and Down go from one to the next, Enter opens it. */
export function ChainTable({ layout, chosen, onOpen }: ChainTableProps): ReactNode {
  const { times } = useSettings();
  const now = useNow();
  const chosenKey = keyOf(chosen);
  const nodes = layout.nodes.flatMap((node) => (node.event ? [{ node, event: node.event }] : []));
  const inTime = nodes.toSorted((a, b) => (a.event.timestamp === b.event.timestamp ? 0 : a.event.timestamp < b.event.timestamp ? -1 : 1));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long table must scroll by keyboard
    <div className={styles['scroller']} tabIndex={0} role="region" aria-label="Related events as a table" onKeyDown={walkRows}>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">Time{times === 'utc' ? ' (UTC)' : ''}</th>
            <th scope="col">Topic</th>
            <th scope="col">Version</th>
            <th scope="col">Type</th>
            <th scope="col">Cause</th>
          </tr>
        </thead>
        <tbody>
          {inTime.map(({ node, event }) => (
            <tr key={node.key} aria-current={node.key === chosenKey}>
              <td className="mono" title={exactTime(event.timestamp)}>
                {timeText(event.timestamp, times, now)}
              </td>
              <td>
                <span className={styles['tick']} style={{ background: `var(--hue-${hueOf(event.topic)})` }} aria-hidden />
                {visibleText(shorten(event.topic, 40))}
              </td>
              <td className={`${styles['number']} mono`}>{count(event.version)}</td>
              <td>
                <button type="button" className={styles['link']} onClick={() => onOpen(event)}>
                  {event.type === '' ? '(no type)' : visibleText(event.type.slice(0, 100))}
                  <span className="visually-hidden">
                    , {event.topic.slice(0, 40)} {count(event.version)}
                  </span>
                </button>
                {node.key === chosenKey ? ' (chosen)' : null}
              </td>
              <td>{causeOf(node)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function causeOf({ parent, cut }: ChainNode): ReactNode {
  if (cut === 'itself') return 'names itself';
  if (cut === 'circle') return 'causes go round';
  if (!parent) return '–';
  if (!parent.event) return <>not found: {visibleText(shorten(parent.missingId ?? '', 40))}</>;
  return (
    <>
      {visibleText(parent.event.type.slice(0, 60))}, {visibleText(shorten(parent.event.topic, 40))} {count(parent.event.version)}
    </>
  );
}

function walkRows(event: KeyboardEvent<HTMLDivElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[at === -1 ? 0 : Math.min(Math.max(0, at + step), buttons.length - 1)]?.focus();
  event.preventDefault();
}
