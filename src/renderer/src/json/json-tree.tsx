import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { copyText, MOST_COPIED, TOO_LARGE_TO_COPY } from '../api/copy.ts';
import { useSettings } from '../api/settings.ts';
import { CommandContextMenu } from '../commands/command-menu.tsx';
import { runCommand, useCommands, type CommandHandlers } from '../commands/command-table.ts';
import { Button } from '../ui/button.tsx';
import { count, size, timeText } from '../ui/format.ts';
import { showToast } from '../ui/toasts.tsx';
import { useScaledRows } from '../ui/use-scaled-rows.ts';
import {
  isBranch,
  isRepeated,
  jsonPointer,
  lengthOf,
  MOST_CHILDREN,
  scriptPath,
  siblingsOf,
  unescape,
  type JsonNode,
} from './json-nodes.ts';
import styles from './json-tree.module.css';
import { markedText } from './marked-text.tsx';
import { childCount, isReading, rowAt, useJsonTree, type TreeRow } from './use-json-tree.ts';
import { ValueDialog } from './value-dialog.tsx';

/** Longer strings are cut in the tree. */
const LONGEST = 400;
/** An escape takes six characters at most, so so many of them are enough to show LONGEST. */
const LONGEST_TOKEN = 6 * LONGEST;
/** Keys typed within this time are one search. */
const TYPING_MS = 700;

/** A node to go to; another `turn` goes there again. */
export interface Target {
  /** Where its token begins in the text. */
  readonly at: number;
  readonly turn: number;
}

const NO_COMMANDS: CommandHandlers = {};

interface JsonTreeProps {
  /** Give another text another key. */
  readonly text: string;
  readonly label: string;
  /** How JavaScript calls the whole. */
  readonly root: 'data' | 'metadata' | 'state' | 'topics';
  /** What is searched for. */
  readonly pattern: RegExp | null;
  readonly target: Target | null;
  /** Of several trees on the screen, one at a time has the commands. */
  readonly hasCommands?: boolean;
}

/** A JSON text as a tree. Only the open part is looked at and only the visible rows exist. */
export function JsonTree({ text, label, root, pattern, target, hasCommands = true }: JsonTreeProps): ReactNode {
  const id = useId();
  const { dataFont } = useSettings();
  const rowHeight = Math.round(dataFont * 1.5) + 4;
  const tree = useJsonTree(text);
  const { rows, isOpen, toggle, reach } = tree;
  const [active, setActive] = useState(0);
  const [opened, setOpened] = useState<JsonNode | null>(null);
  const typed = useRef({ keys: '', at: 0 });
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(rows.length, rowHeight);
  const at = rowAt(rows, active);
  const row = rows[at];
  const node = row && !isReading(row) ? row : undefined;

  useEffect(() => reveal(at), [at, reveal]);
  useEffect(() => {
    if (!target) return undefined;
    const controller = new AbortController();
    reach(target.at, controller.signal).then(
      (isReached) => {
        setActive(target.at);
        if (!isReached) {
          const description = `The tree ends after ${count(MOST_CHILDREN)} members of one list; Raw shows all.`;
          showToast({ title: 'This place is beyond the tree', description });
        }
      },
      // Another target has come.
      () => {},
    );
    return () => controller.abort();
  }, [target, reach]);

  const token = (of: JsonNode): string => text.slice(of.start, of.end);
  const nothing = node ? null : 'There is no node.';
  const tooLarge = node && lengthOf(node) > MOST_COPIED ? TOO_LARGE_TO_COPY : null;
  const commands: CommandHandlers = {
    'node.copy': { run: () => node && copyText(token(node)), refusal: nothing ?? tooLarge },
    'node.copyText': {
      run: () => node && copyText(unescape(token(node))),
      refusal: node?.kind === 'string' ? tooLarge : 'Only a string has a text of its own.',
    },
    'node.copyKey': { run: () => copyText(node?.key ?? ''), refusal: node?.parent ? null : 'The whole has no key.' },
    'node.copyPointer': { run: () => node && copyText(jsonPointer(node)), refusal: nothing },
    'node.copyPath': { run: () => node && copyText(scriptPath(node, root)), refusal: nothing },
    'node.openWhole': {
      run: () => setOpened(node ?? null),
      refusal: node && isCut(text, node) ? null : 'This value is shown whole.',
    },
    'node.expandAll': {
      run: () => {
        if (!tree.openAll())
          showToast({ title: 'Not everything is open', description: 'The branches nearest to the root are; open others one by one.' });
      },
    },
    'node.collapseAll': { run: tree.closeAll },
  };
  useCommands(hasCommands ? commands : NO_COMMANDS);

  const goTo = (row: number): void => {
    const to = rows[Math.min(Math.max(0, row), rows.length - 1)];
    if (to) setActive((isReading(to) ? to.reading : to).start);
  };

  const typeAhead = (key: string): void => {
    const now = performance.now();
    const keys = now - typed.current.at < TYPING_MS ? typed.current.keys + key.toLowerCase() : key.toLowerCase();
    typed.current = { keys, at: now };
    // One key again and again goes through all that begin with it.
    const from = keys.length === 1 ? at + 1 : at;
    const found = findRow(rows, from, keys);
    if (found !== -1) goTo(found);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!node || event.altKey) return;
    if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey) && getSelection()?.isCollapsed !== false) {
      runCommand('node.copy');
      event.preventDefault();
      return;
    }
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      openMenu(document.getElementById(`${id}-${at}`));
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => goTo(at + 1),
      ArrowUp: () => goTo(at - 1),
      Home: () => goTo(0),
      End: () => goTo(rows.length - 1),
      PageDown: () => goTo(at + pageRows),
      PageUp: () => goTo(at - pageRows),
      ArrowRight: () => {
        if (!isBranch(node)) return;
        if (!isOpen(node)) toggle(node, true);
        else {
          const next = rows[at + 1];
          if (next && !isReading(next) && next.parent === node) goTo(at + 1);
        }
      },
      ArrowLeft: () => {
        if (isBranch(node) && isOpen(node)) toggle(node, false);
        else if (node.parent) setActive(node.parent.start);
      },
      Enter: () => (isBranch(node) ? toggle(node, !isOpen(node)) : runCommand('node.openWhole')),
      '*': () => runCommand('node.expandAll'),
    };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move) {
      // What was typed before is done with.
      typed.current = { keys: '', at: 0 };
      move();
    } else if (event.key.length === 1 && event.key !== ' ') typeAhead(event.key);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <CommandContextMenu
        items={[
          'node.copy',
          'node.copyText',
          'node.copyKey',
          'node.copyPointer',
          'node.copyPath',
          '-',
          'node.openWhole',
          'node.expandAll',
          'node.collapseAll',
        ]}
      >
        <div
          ref={scroller}
          className={styles['scroller']}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
          role="tree"
          aria-label={label}
          aria-activedescendant={at >= visible.first && at < visible.end ? `${id}-${at}` : undefined}
          tabIndex={0}
        >
          <div role="presentation" style={{ height }} />
          <div
            role="presentation"
            className={`${styles['rows']} mono`}
            style={{ transform: `translateY(${visible.offset}px)`, fontSize: dataFont }}
          >
            {rows.slice(visible.first, visible.end).map((shown, index) => {
              const place = visible.first + index;
              if (isReading(shown)) {
                const style = { height: rowHeight, paddingLeft: 22 + shown.reading.depth * 16 };
                return (
                  <div
                    key={`reading ${shown.reading.start}`}
                    role="presentation"
                    className={`${styles['row']} ${styles['summary']}`}
                    style={style}
                  >
                    reading… {Math.round((tree.reading ?? 0) * 100)} %
                  </div>
                );
              }
              const style = { height: rowHeight, paddingLeft: 6 + shown.depth * 16 };
              return (
                <div
                  key={shown.start}
                  id={`${id}-${place}`}
                  role="treeitem"
                  aria-level={shown.depth + 1}
                  aria-posinset={shown.position}
                  aria-setsize={siblingsOf(shown)}
                  aria-selected={place === at}
                  aria-expanded={isBranch(shown) ? isOpen(shown) : undefined}
                  className={`${styles['row']} ${place === at ? styles['active'] : ''}`}
                  style={style}
                  onContextMenu={() => setActive(shown.start)}
                  onClick={() => {
                    setActive(shown.start);
                    if (isBranch(shown) && getSelection()?.isCollapsed !== false) toggle(shown, !isOpen(shown));
                  }}
                >
                  <span className={styles['toggle']} aria-hidden>
                    {isBranch(shown) ? isOpen(shown) ? <ChevronDown size={14} /> : <ChevronRight size={14} /> : null}
                  </span>
                  {shown.key === null ? null : (
                    <span className={shown.parent?.kind === 'array' ? styles['index'] : styles['key']}>
                      {markedText(shown.key.slice(0, LONGEST), shown.parent?.kind === 'array' ? null : pattern)}
                      {shown.key.length > LONGEST ? '…' : ''}:
                    </span>
                  )}
                  <NodeValue text={text} node={shown} pattern={pattern} onOpen={() => setOpened(shown)} />
                  {isRepeated(shown) ? (
                    <span
                      className={styles['repeated']}
                      title="This object holds this key more than once. Most readers see the last one only."
                    >
                      repeated key
                    </span>
                  ) : null}
                </div>
              );
            })}
          </div>
        </div>
      </CommandContextMenu>
      {opened ? <ValueDialog token={token(opened)} pointer={jsonPointer(opened)} onClose={() => setOpened(null)} /> : null}
    </>
  );
}

interface NodeValueProps {
  readonly text: string;
  readonly node: JsonNode;
  readonly pattern: RegExp | null;
  readonly onOpen: () => void;
}

function NodeValue({ text, node, pattern, onOpen }: NodeValueProps): ReactNode {
  if (isBranch(node)) {
    const [left, right] = node.kind === 'object' ? '{}' : '[]';
    const children = childCount(text, node);
    return (
      <span className={styles['summary']}>
        {left}
        {children === null
          ? size(lengthOf(node))
          : children === 0
            ? ''
            : children < MOST_CHILDREN
              ? count(children)
              : `first ${count(children)}, all in Raw`}
        {right}
      </span>
    );
  }
  const token = text.slice(node.start, Math.min(node.end, node.start + LONGEST_TOKEN));
  const open = isCut(text, node) ? (
    <Button look="quiet" className={styles['open']} tabIndex={-1} onClick={onOpen}>
      … open whole, {size(lengthOf(node))}
    </Button>
  ) : null;
  if (node.kind !== 'string') {
    return (
      <>
        <span className={styles[node.kind]}>{markedText(token.slice(0, LONGEST), pattern)}</span>
        {open}
      </>
    );
  }
  const isWhole = lengthOf(node) <= LONGEST_TOKEN;
  const value = isWhole ? unescape(token) : token.slice(1);
  return (
    <>
      <span className={styles['string']} title={dateHint(value)}>
        &quot;{markedText(value.slice(0, LONGEST), pattern)}
        {open ? null : <>&quot;</>}
      </span>
      {open}
    </>
  );
}

function isCut(text: string, node: JsonNode): boolean {
  if (isBranch(node) || lengthOf(node) <= LONGEST) return false;
  if (node.kind !== 'string' || lengthOf(node) > LONGEST_TOKEN) return true;
  return unescape(text.slice(node.start, node.end)).length > LONGEST;
}

const DATE = /^[+-]?\d{4,6}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/;

/** What a date in a string says elsewhere: here, in UTC and from now. Undefined for any other text. */
function dateHint(value: string): string | undefined {
  if (value.length > 40 || !DATE.test(value)) return undefined;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) return undefined;
  const ns = BigInt(ms) * 1_000_000n;
  const now = Date.now();
  return `${timeText(ns, 'utc', now)} UTC\n${timeText(ns, 'local', now)} local\n${timeText(ns, 'relative', now)}`;
}

/** The next row, going round, whose key begins with what was typed; -1 where there is none. */
function findRow(rows: readonly TreeRow[], from: number, typed: string): number {
  for (let step = 0; step < rows.length; step++) {
    const row = (from + step) % rows.length;
    const found = rows[row];
    if (found && !isReading(found) && found.key?.slice(0, LONGEST).toLowerCase().startsWith(typed)) return row;
  }
  return -1;
}

/** Opens the context menu at a row, as a right click on it would. */
function openMenu(row: HTMLElement | null): void {
  if (!row) return;
  const { left, bottom } = row.getBoundingClientRect();
  row.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 40, clientY: bottom }));
}
