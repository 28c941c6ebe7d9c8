import { CircleAlert, Layers, Lock, Plus } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { useHasDraft } from '../../api/drafts.ts';
import { useCount } from '../../api/queries.ts';
import { useCommands } from '../../commands/command-table.ts';
import { usePlace } from '../../state/place.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import controls from '../../ui/controls.module.css';
import { count } from '../../ui/format.ts';
import { useScaledRows } from '../../ui/use-scaled-rows.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './topic-list.module.css';

const ROW = 40;

interface TopicListProps {
  readonly path: string;
  readonly topics: readonly TopicRow[];
  /** Why no topic can be created; null when one can. */
  readonly refusal: string | null;
}

/** Every topic of the store with its events and where they are. Arrows choose, typing filters. */
export function TopicList({ path, topics, refusal }: TopicListProps): ReactNode {
  const id = useId();
  const { topic: current, view, go, openDialog } = usePlace();
  // Of the views, only some are of a topic: choosing one leaves the others.
  const openTopic = (topic: string): void => go({ topic, view: view === 'config' || view === 'charts' ? view : 'events' });
  const [filter, setFilter] = useState('');
  useCommands({ 'edit.find': { run: () => document.getElementById('topic-filter')?.focus() } });
  const wanted = filter.toLowerCase();
  const shown = wanted === '' ? topics : topics.filter(({ name }) => name.toLowerCase().includes(wanted));
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(shown.length, ROW);
  const at = shown.findIndex(({ name }) => name === current);

  const choose = (index: number): void => {
    const row = Math.min(Math.max(0, index), shown.length - 1);
    const topic = shown[row];
    if (!topic) return;
    openTopic(topic.name);
    reveal(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => choose(at + 1),
      ArrowUp: () => choose(at - 1),
      Home: () => choose(0),
      End: () => choose(shown.length - 1),
      PageDown: () => choose(at + pageRows),
      PageUp: () => choose(at - pageRows),
    };
    const move = moves[event.key];
    if (!move) return;
    move();
    event.preventDefault();
  };

  return (
    <nav className={styles['pane']} aria-label="Topics">
      <div className={styles['head']}>
        <h2 style={{ font: 'inherit' }}>Topics</h2>
        <IconButton label={refusal ?? 'New topic'} disabled={refusal !== null} onClick={() => openDialog({ kind: 'new-topic' })}>
          <Plus size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </div>
      <div className={styles['filter']}>
        <input
          id="topic-filter"
          className={controls['input']}
          placeholder="Filter topics"
          aria-label="Filter topics"
          value={filter}
          spellCheck={false}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setFilter('');
            if (event.key === 'ArrowDown') choose(Math.max(0, at));
            if (event.key === 'Enter' || event.key === 'ArrowDown') scroller.current?.focus();
          }}
        />
      </div>
      <div
        ref={scroller}
        className={styles['scroller']}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        role="listbox"
        aria-label="Topics"
        aria-activedescendant={at >= visible.first && at < visible.end ? `${id}-${at}` : undefined}
        tabIndex={0}
      >
        <div role="presentation" style={{ height }} />
        {shown.length === 0 ? (
          <NoTopics filter={filter} refusal={refusal} onClear={() => setFilter('')} onCreate={() => openDialog({ kind: 'new-topic' })} />
        ) : null}
        <div role="presentation" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
          {shown.slice(visible.first, visible.end).map((topic, index) => {
            const row = visible.first + index;
            const isCurrent = topic.name === current;
            return (
              <div
                key={topic.name}
                id={`${id}-${row}`}
                role="option"
                aria-selected={isCurrent}
                aria-posinset={row + 1}
                aria-setsize={shown.length}
                className={`${styles['row']} ${isCurrent ? `${styles['current']} ${styles['active']}` : ''}`}
                onClick={() => openTopic(topic.name)}
              >
                <Row path={path} topic={topic} />
              </div>
            );
          })}
        </div>
      </div>
    </nav>
  );
}

function Row({ path, topic }: { readonly path: string; readonly topic: TopicRow }): ReactNode {
  const counts = useCount(path, topic);
  const hasDraft = useHasDraft(path, topic.name, topic.incarnation);
  const damaged = counts.data?.damaged ?? 0;
  const place = topic.connection === '' || topic.connection === '.' ? topic.adapter : `${topic.adapter} · ${topic.connection}`;
  const trouble = topic.trouble ?? (damaged > 0 ? `${damaged} damaged` : null);
  const Icon = trouble ? CircleAlert : topic.reserved ? Lock : Layers;
  return (
    <>
      <Icon size={14} strokeWidth={1.75} aria-hidden className={trouble ? styles['trouble'] : styles['icon']} />
      <span className={styles['name']} title={topic.name.slice(0, 500)}>
        {visibleText(topic.name.slice(0, 200))}
      </span>
      <span className={`${styles['number']} mono`}>
        {counts.data ? count(counts.data.events) : topic.latestVersion === null ? '–' : '…'}
      </span>
      <span className={`${styles['under']} ${trouble ? styles['trouble'] : ''}`} title={trouble ?? place}>
        {topic.reserved ? 'configuration · ' : ''}
        {hasDraft ? 'draft · ' : ''}
        {trouble ? visibleText(trouble) : visibleText(place)}
      </span>
    </>
  );
}

interface NoTopicsProps {
  readonly filter: string;
  readonly refusal: string | null;
  readonly onClear: () => void;
  readonly onCreate: () => void;
}

function NoTopics({ filter, refusal, onClear, onCreate }: NoTopicsProps): ReactNode {
  return (
    <div className={styles['none']}>
      {filter === '' ? <p>This store has no topics yet.</p> : <p>No topic’s name holds “{filter}”.</p>}
      {filter === '' ? (
        <Button disabled={refusal !== null} onClick={onCreate}>
          New topic…
        </Button>
      ) : (
        <Button onClick={onClear}>Clear filter</Button>
      )}
    </div>
  );
}
