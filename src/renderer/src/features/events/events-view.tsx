import { Plus } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { useCount, useWatched, type GridTopic } from '../../api/queries.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { useCommands } from '../../commands/command-table.ts';
import { usePlace } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Keys } from '../../ui/badge.tsx';
import { plural } from '../../ui/format.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { EventDetail } from './event-detail.tsx';
import { EventGrid, type GridHandle } from './event-grid.tsx';
import styles from './events-view.module.css';
import { JumpBox } from './jump-box.tsx';
import { useDetail } from './use-detail.ts';

interface EventsViewProps {
  readonly path: string;
  readonly topic: TopicRow;
  /** Why nothing can be appended here; null when it can. */
  readonly refusal: string | null;
}

/** The events of one topic: toolbar, grid, and the event under the cursor. */
export function EventsView({ path, topic, refusal }: EventsViewProps): ReactNode {
  const { order, setOrder, version } = usePlace();
  const counts = useCount(path, topic);
  useWatched(path, topic);
  const grid = useRef<GridHandle>(null);
  const detail = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(true);
  const shown = useDetail(topic, () => setOpen(true));
  useCommands({
    'events.jump': { run: () => document.getElementById('jump-to-version')?.focus() },
    'events.newest': { run: () => setOrder('newest'), checked: order === 'newest' },
    'events.oldest': { run: () => setOrder('oldest'), checked: order === 'oldest' },
    'view.detail': { run: () => setOpen((open) => !open), checked: isOpen },
  });

  if (topic.latestVersion === null) {
    return (
      <div style={{ padding: 16 }}>
        <ErrorPanel error={new Error(topic.trouble ?? 'The repository of this topic cannot be opened.')} />
      </div>
    );
  }
  const latest = topic.latestVersion;
  const rows: GridTopic = { path, name: topic.name, incarnation: topic.incarnation, latestVersion: latest };
  const append = (
    <CommandButton id="events.append" look="primary">
      <Plus size={14} strokeWidth={1.75} aria-hidden /> Append…
    </CommandButton>
  );
  const says = counts.data
    ? [
        plural(counts.data.events, 'event'),
        ...(counts.data.damaged > 0 ? [`${counts.data.damaged} damaged`] : []),
        ...(latest !== counts.data.events ? [`latest version ${latest}`] : []),
      ].join(' · ')
    : 'Counting…';

  return (
    <section className={styles['view']} aria-label={`Topic ${topic.name}`}>
      <div className={styles['toolbar']} role="toolbar" aria-label="Events">
        <span className={styles['counts']} role="status">
          {says}
        </span>
        <JumpBox latest={latest} onJump={(to) => grid.current?.goTo(to)} />
        <div className={styles['order']} role="group" aria-label="Order">
          <button type="button" aria-pressed={order === 'newest'} onClick={() => setOrder('newest')}>
            Newest
          </button>
          <button type="button" aria-pressed={order === 'oldest'} onClick={() => setOrder('oldest')}>
            Oldest
          </button>
        </div>
        {append}
      </div>
      {latest === 0 ? (
        <EmptyState title="This topic has no events yet">
          <p>Events are appended one after another and never changed. {refusal ?? 'The first one gets version 1.'}</p>
          {refusal === null ? (
            <>
              {append}
              <Keys>Ctrl+Shift+A</Keys>
            </>
          ) : null}
        </EmptyState>
      ) : (
        <Group orientation="horizontal" className={styles['split']} id="events">
          <Panel id="grid" minSize={320}>
            <EventGrid
              topic={rows}
              handle={grid}
              onEnter={() => {
                setOpen(true);
                detail.current?.querySelector<HTMLElement>('[role=tree], [role=tabpanel], [role=listbox]')?.focus();
              }}
            />
          </Panel>
          {isOpen ? (
            <>
              <Splitter label="Width of the event" />
              <Panel id="detail" defaultSize="37%" minSize={260}>
                <EventDetail
                  ref={detail}
                  topic={rows}
                  version={version}
                  state={shown}
                  onClose={() => setOpen(false)}
                  onBack={() => grid.current?.focus()}
                />
              </Panel>
            </>
          ) : (
            <Button look="quiet" style={{ position: 'absolute', right: 12, bottom: 32 }} onClick={() => setOpen(true)}>
              Show event
            </Button>
          )}
        </Group>
      )}
    </section>
  );
}
