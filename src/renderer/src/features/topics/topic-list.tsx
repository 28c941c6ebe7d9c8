import { ChevronDown, ChevronRight, Plus, Trash2 } from 'lucide-react';
import { useDeferredValue, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { z } from 'zod';
import type { TopicEntry } from '../../../../shared/ipc/contract/topics.ts';
import type { Problem } from '../../../../shared/model/problem.ts';
import { useRemembered } from '../../api/settings.ts';
import { useSummary, useTrashTotal } from '../../api/topics.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { CommandContextMenu } from '../../commands/command-menu.tsx';
import { runCommand, useCommands } from '../../commands/command-table.ts';
import { usePlaceParts } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import controls from '../../ui/controls.module.css';
import { count } from '../../ui/format.ts';
import { useScaledRows } from '../../ui/use-scaled-rows.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { matchesTopic, parseTopicFilter } from './topic-filter.ts';
import styles from './topic-list.module.css';
import { TopicOption } from './topic-option.tsx';
import { groupTopics, isStop, listRows, placeName, rowTyped, stepFrom, type ListRow, type TopicGroup } from './topic-rows.ts';

const ROW = 40;
/** Letters typed within so many ms are one beginning of a name. */
const TYPING_MS = 800;
const NONE: ReadonlySet<string> = new Set();
const collapsedShape = z.array(z.string()).max(200);
const TOPIC_MENU = [
  'view.events',
  'view.config',
  '-',
  'events.append',
  'topic.edit',
  'topic.startEmpty',
  'topic.copyName',
  '-',
  'topic.create',
  'topic.delete',
] as const;

/** Where it is remembered which groups of a store are closed. */
export const collapsedKey = (path: string): string => `topics:collapsed:${path.slice(0, 4000)}`;

interface TopicListProps {
  readonly path: string;
  readonly topics: readonly TopicEntry[];
  readonly problems: readonly Problem[];
}

const NONE_COLLAPSED: string[] = [];

/** Every topic of the store by repository, with its events and what is wrong with it. Arrows choose, typing finds. */
export function TopicList({ path, topics, problems }: TopicListProps): ReactNode {
  const id = useId();
  const { topic: current, view, go } = usePlaceParts('topic', 'view', 'go');
  const [filter, setFilter] = useState('');
  const wanted = useDeferredValue(filter.trim());
  const [kept, keep] = useRemembered(collapsedKey(path), collapsedShape, NONE_COLLAPSED);
  const collapsed = useMemo(() => new Set(kept ?? []), [kept]);
  /** The head the cursor is on, where it is on none of the topics. */
  const [head, setHead] = useState<string | null>(null);
  const typed = useRef({ text: '', at: 0 });

  const codes = useMemo(() => codesByTopic(problems), [problems]);
  const groups = useMemo(() => {
    const parsed = parseTopicFilter(wanted);
    return groupTopics(wanted === '' ? topics : topics.filter((topic) => matchesTopic(parsed, topic, codes)));
  }, [topics, wanted, codes]);
  // What matches is shown, also of a repository whose topics are hidden otherwise.
  const rows = useMemo(() => listRows(groups, wanted === '' ? collapsed : NONE), [groups, wanted, collapsed]);
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(rows.length, ROW);
  const at = useMemo(() => cursorOf(rows, head, current), [rows, head, current]);
  // Where a view has nothing of its own to search, finding is finding a topic.
  const find = { run: () => document.getElementById('topic-filter')?.focus() };
  useCommands({ 'topics.filter': find, 'edit.find': find });

  const openTopic = (topic: string): void => {
    setHead(null);
    // Of the views, only some are of a topic: choosing one leaves the others.
    go({ topic, view: view === 'config' || view === 'charts' || view === 'fold' ? view : 'events' });
  };
  const choose = (index: number): void => {
    const row = rows[index];
    if (!row || !isStop(row)) return;
    if (row.kind === 'topic') openTopic(row.topic.name);
    else setHead(row.group.key);
    reveal(index);
  };
  const setCollapsed = ({ key }: TopicGroup, isCollapsed: boolean): void => {
    keep(
      [...collapsed]
        .filter((other) => other !== key)
        .concat(isCollapsed ? [key] : [])
        .slice(-200),
    );
    setHead(isCollapsed ? key : null);
  };
  const toggleAt = (index: number): void => {
    const row = rows[index];
    if (row?.kind === 'group' && wanted === '') setCollapsed(row.group, !row.collapsed);
  };
  const collapseHere = (): void => {
    const row = rows[at];
    if (row?.kind !== 'topic' || wanted !== '') return;
    setCollapsed(row.group, true);
    reveal(rows.findIndex((other) => other.kind === 'group' && other.group === row.group));
  };
  const expandHere = (): void => {
    const row = rows[at];
    if (row?.kind === 'group') setCollapsed(row.group, false);
  };
  const enterEvents = (): void => {
    if (rows[at]?.kind === 'group') return expandHere();
    if (current === null) return undefined;
    go({ topic: current, view: 'events' });
    // The view is there after the next paint at the latest.
    requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector<HTMLElement>('[role=grid]')?.focus()));
    return undefined;
  };
  const type = (letter: string): boolean => {
    const now = Date.now();
    const isGoingOn = now - typed.current.at < TYPING_MS;
    if (letter === ' ' && !isGoingOn) return false;
    const text = (isGoingOn ? typed.current.text : '') + letter;
    typed.current = { text, at: now };
    choose(rowTyped(rows, at, text));
    return true;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      openMenuAt(document.getElementById(`${id}-${at}`) ?? scroller.current);
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => choose(at === -1 ? stepFrom(rows, -1, 1) : stepFrom(rows, at, 1)),
      ArrowUp: () => choose(at === -1 ? stepFrom(rows, rows.length, -1) : stepFrom(rows, at, -1)),
      Home: () => choose(stepFrom(rows, -1, 1)),
      End: () => choose(stepFrom(rows, rows.length, -1)),
      PageDown: () => choose(stepFrom(rows, at, pageRows)),
      PageUp: () => choose(stepFrom(rows, at === -1 ? rows.length : at, -pageRows)),
      ArrowLeft: collapseHere,
      ArrowRight: expandHere,
      Enter: enterEvents,
    };
    const move = moves[event.key];
    if (move) move();
    else if (event.key.length !== 1 || !type(event.key)) return;
    event.preventDefault();
  };

  const shown = rows.slice(visible.first, visible.end);
  const found = groups.reduce((sum, group) => sum + group.topics.length, 0);
  return (
    <nav className={styles['pane']} aria-label="Topics">
      <div className={styles['head']}>
        <h2 style={{ font: 'inherit' }}>Topics</h2>
        <span className={styles['found']} role="status">
          {filter.trim() === '' ? '' : `${count(found)} of ${count(topics.length)}`}
        </span>
        <CommandButton id="topic.create" icon={<Plus size={14} strokeWidth={1.75} aria-hidden />} label="New topic" />
      </div>
      <div className={styles['filter']}>
        <input
          id="topic-filter"
          className={controls['input']}
          placeholder="Filter topics"
          aria-label="Filter topics"
          title="Parts of a name; adapter:fs, in:orders.db, option:retention=30, problem: or problem:data-missing"
          value={filter}
          spellCheck={false}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setFilter('');
            if (event.key === 'ArrowDown') choose(at === -1 ? stepFrom(rows, -1, 1) : at);
            if (event.key === 'Enter' && at === -1) choose(stepFrom(rows, -1, 1));
            if (event.key === 'Enter' || event.key === 'ArrowDown') scroller.current?.focus();
          }}
        />
      </div>
      <CommandContextMenu items={TOPIC_MENU}>
        <div
          ref={scroller}
          className={styles['scroller']}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
          onClick={(event) => toggleAt(rowUnder(event.target))}
          onContextMenu={(event) => choose(rowUnder(event.target))}
          role="listbox"
          aria-label="Topics"
          aria-activedescendant={at >= visible.first && at < visible.end ? `${id}-${at}` : undefined}
          data-keys="topic"
          tabIndex={0}
        >
          <div role="presentation" style={{ height }} />
          {rows.length === 0 ? <NoTopics filter={filter} onClear={() => setFilter('')} /> : null}
          <div role="presentation" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
            {sections(shown).map(({ group, rows: part, from }) => (
              <div key={group.key} role="group" aria-label={groupName(group)}>
                {part.map((row, index) => {
                  const place = visible.first + from + index;
                  const common = { id: `${id}-${place}`, 'data-row': place };
                  if (row.kind === 'group') {
                    return (
                      <GroupHead
                        key={`group ${group.key}`}
                        {...common}
                        path={path}
                        group={group}
                        collapsed={row.collapsed}
                        active={place === at}
                      />
                    );
                  }
                  return (
                    <TopicOption
                      key={row.topic.name}
                      {...common}
                      path={path}
                      topic={row.topic}
                      problems={codes.get(row.topic.name)?.length ?? 0}
                      current={row.topic.name === current}
                      active={place === at}
                      position={row.position}
                      setsize={group.topics.length}
                      onChoose={() => openTopic(row.topic.name)}
                      onOpen={enterEvents}
                    />
                  );
                })}
              </div>
            ))}
          </div>
        </div>
      </CommandContextMenu>
      <TrashPlace path={path} isHere={view === 'trash'} />
    </nav>
  );
}

/** The row of the head the cursor was put on, else of the topic on the screen, else of the head that hides it; -1: none. */
function cursorOf(rows: readonly ListRow[], head: string | null, current: string | null): number {
  if (head !== null) {
    const at = rows.findIndex((row) => row.kind === 'group' && row.collapsed && row.group.key === head);
    if (at !== -1) return at;
  }
  const topic = rows.findIndex((row) => row.kind === 'topic' && row.topic.name === current);
  if (topic !== -1) return topic;
  return rows.findIndex((row) => row.kind === 'group' && row.collapsed && row.group.topics.some(({ name }) => name === current));
}

function codesByTopic(problems: readonly Problem[]): ReadonlyMap<string, readonly string[]> {
  const codes = new Map<string, string[]>();
  for (const { topic, code } of problems) {
    if (topic === undefined) continue;
    const known = codes.get(topic);
    if (known) known.push(code);
    else codes.set(topic, [code]);
  }
  return codes;
}

interface Section {
  readonly group: TopicGroup;
  readonly rows: readonly ListRow[];
  readonly from: number;
}

/** The rows on the screen by their groups, since each group is an element of its own. */
function sections(shown: readonly ListRow[]): readonly Section[] {
  const parts: { group: TopicGroup; rows: ListRow[]; from: number }[] = [];
  for (const [index, row] of shown.entries()) {
    const last = parts.at(-1);
    if (last?.group === row.group) last.rows.push(row);
    else parts.push({ group: row.group, rows: [row], from: index });
  }
  return parts;
}

const groupName = ({ adapter, connection }: TopicGroup): string => `${adapter}, ${placeName(adapter, connection).slice(0, 200)}`;

function rowUnder(target: EventTarget): number {
  const row = target instanceof Element ? target.closest('[data-row]')?.getAttribute('data-row') : null;
  return row === null || row === undefined ? -1 : Number(row);
}

/** The keyboard has no pointer: its menu opens at the row the cursor is on. */
function openMenuAt(element: HTMLElement | null): void {
  if (!element) return;
  const { left, top, height } = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent('contextmenu', {
      bubbles: true,
      cancelable: true,
      button: 2,
      clientX: left + 24,
      clientY: top + Math.min(height, ROW) / 2,
    }),
  );
}

interface GroupHeadProps {
  readonly id: string;
  readonly 'data-row': number;
  readonly path: string;
  readonly group: TopicGroup;
  readonly collapsed: boolean;
  readonly active: boolean;
}

/** A repository: what it is, how many topics it has, and why it cannot be reached. Collapsed it stands for its topics. */
function GroupHead({ path, group, collapsed, active, ...rest }: GroupHeadProps): ReactNode {
  const { id, 'data-row': row } = rest;
  const first = group.topics[0];
  const Icon = collapsed ? ChevronRight : ChevronDown;
  return (
    <div
      id={id}
      data-row={row}
      role={collapsed ? 'option' : 'presentation'}
      aria-selected={collapsed ? false : undefined}
      className={`${styles['group']} ${active ? styles['active'] : ''}`}
      title={`${group.adapter}: ${group.connection}`.slice(0, 1000)}
    >
      <Icon size={14} strokeWidth={1.75} aria-hidden className={styles['icon']} />
      <span className={styles['adapter']}>{visibleText(group.adapter.slice(0, 64))}</span>
      <span className={`${styles['number']} mono`}>
        {count(group.topics.length)}
        <span className="visually-hidden">
          {' '}
          {group.topics.length === 1 ? 'topic' : 'topics'}
          {collapsed ? ', hidden' : ''}
        </span>
      </span>
      {first ? <GroupPlace path={path} group={group} first={first} /> : null}
    </div>
  );
}

function GroupPlace({ path, group, first }: { readonly path: string; readonly group: TopicGroup; readonly first: TopicEntry }): ReactNode {
  // One topic speaks for all: a repository that cannot be reached can be reached for none of them.
  const trouble = useSummary(path, first).data?.trouble ?? null;
  const place = visibleText(placeName(group.adapter, group.connection).slice(0, 300));
  if (trouble === null) return <span className={styles['under']}>{place}</span>;
  return (
    <span className={`${styles['under']} ${styles['trouble']}`} title={trouble.slice(0, 1000)}>
      {place}: cannot be reached. {visibleText(trouble.slice(0, 300))}
    </span>
  );
}

function TrashPlace({ path, isHere }: { readonly path: string; readonly isHere: boolean }): ReactNode {
  const total = useTrashTotal(path);
  return (
    <div className={styles['foot']}>
      <button
        type="button"
        className={`${styles['trash']} ${isHere ? styles['current'] : ''}`}
        aria-current={isHere ? 'page' : undefined}
        onClick={() => runCommand('view.trash')}
      >
        <Trash2 size={14} strokeWidth={1.75} aria-hidden />
        Trash{total === null ? '' : ` (${count(total)})`}
      </button>
    </div>
  );
}

function NoTopics({ filter, onClear }: { readonly filter: string; readonly onClear: () => void }): ReactNode {
  return (
    <div className={styles['none']} role="presentation">
      {filter === '' ? <p>This store has no topics yet.</p> : <p>No topic matches “{visibleText(filter.slice(0, 60))}”.</p>}
      {filter === '' ? <CommandButton id="topic.create" /> : <Button onClick={onClear}>Clear filter</Button>}
    </div>
  );
}
