import { useEffect, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { copyText } from '../api/copy.ts';
import { useSettings } from '../api/settings.ts';
import { useScaledRows } from '../ui/use-scaled-rows.ts';
import { visibleText } from '../ui/visible-text.tsx';
import styles from './change-list.module.css';
import type { JsonChange } from './json-diff.ts';
import { isRepeated, jsonPointer, type JsonNode } from './json-nodes.ts';

/** Longer tokens are cut here; the tree shows them whole. */
const LONGEST = 300;
const SIGNS = { added: '+', removed: '−', changed: '~', order: '↕' } as const;
const WORDS = { added: 'added', removed: 'removed', changed: 'changed', order: 'members in another order' } as const;

interface ChangeListProps {
  readonly first: string;
  readonly second: string;
  readonly changes: readonly JsonChange[];
  readonly canJump: (change: JsonChange) => boolean;
  readonly onJump: (change: JsonChange) => void;
}

/** Differences one by one, values as they are stored. Enter shows one in the tree, Ctrl+C copies it. */
export function ChangeList({ first, second, changes, canJump, onJump }: ChangeListProps): ReactNode {
  const id = useId();
  const { dataFont } = useSettings();
  const rowHeight = 2 * Math.round(dataFont * 1.5) + 10;
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(changes.length, rowHeight);
  const [active, setActive] = useState(0);
  const at = Math.min(active, changes.length - 1);
  useEffect(() => reveal(at), [at, reveal]);

  const valueOf = ({ kind, before, after }: JsonChange): readonly [string | null, string | null] => {
    if (kind === 'order') return [null, null];
    return [tokenOf(first, before), tokenOf(second, after)];
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const change = changes[at];
    if (!change || event.altKey) return;
    if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey)) {
      copyText(
        `${SIGNS[change.kind]} ${pointerOf(change)} ${valueOf(change)
          .filter((value) => value !== null)
          .join(' -> ')}`.trimEnd(),
      );
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const goTo = (row: number): void => setActive(Math.min(Math.max(0, row), changes.length - 1));
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      PageDown: () => goTo(at + pageRows),
      PageUp: () => goTo(at - pageRows),
      Home: () => goTo(0),
      End: () => goTo(changes.length - 1),
      Enter: () => (canJump(change) ? onJump(change) : undefined),
    };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (!move) return;
    move();
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      className={styles['scroller']}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      role="listbox"
      aria-label="Changes"
      aria-activedescendant={at >= visible.first && at < visible.end ? `${id}-${at}` : undefined}
      tabIndex={0}
    >
      <div role="presentation" style={{ height }} />
      <div role="presentation" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
        {changes.slice(visible.first, visible.end).map((change, index) => {
          const row = visible.first + index;
          const [before, after] = valueOf(change);
          return (
            <div
              key={row}
              id={`${id}-${row}`}
              role="option"
              aria-selected={row === at}
              aria-posinset={row + 1}
              aria-setsize={changes.length}
              className={`${styles['row']} ${styles[change.kind]} ${row === at ? styles['active'] : ''} mono`}
              style={{ height: rowHeight, fontSize: dataFont }}
              title={canJump(change) ? 'Enter or double click shows it in the tree' : 'Only the other side has it'}
              onClick={() => setActive(row)}
              onDoubleClick={() => (canJump(change) ? onJump(change) : undefined)}
            >
              <span className={styles['sign']} aria-hidden>
                {SIGNS[change.kind]}
              </span>
              <span className="visually-hidden">{WORDS[change.kind]} </span>
              <span className={styles['path']}>{visibleText(pointerOf(change).slice(0, LONGEST)) || '(whole)'}</span>
              <span className={styles['values']}>
                {change.kind === 'order' ? 'the same members in another order' : null}
                {before === null ? null : <del>{visibleText(before.slice(0, LONGEST))}</del>}
                {before === null || after === null ? null : ' → '}
                {after === null ? null : <ins>{visibleText(after.slice(0, LONGEST))}</ins>}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** With its place among members of the same key, which a pointer cannot say. */
function pointerOf({ before, after }: JsonChange): string {
  const node = after ?? before;
  if (!node) return '';
  return jsonPointer(node) + (isRepeated(node) ? ` (${node.nth + 1} of its key)` : '');
}

function tokenOf(text: string, node: JsonNode | null): string | null {
  if (!node) return null;
  return text.slice(node.start, Math.min(node.end, node.start + LONGEST)) + (node.end - node.start > LONGEST ? '…' : '');
}
