import { Plus } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import type { SurveyProgress } from '../../../../shared/ipc/contract/survey.ts';
import type { TopicRow } from '../../../../shared/ipc/contract/topics.ts';
import { useHasDraft } from '../../api/drafts.ts';
import { useRememberedPanes } from '../../api/remembered-panes.ts';
import { useCount, useLatest, type GridTopic } from '../../api/queries.ts';
import { copyText } from '../../api/copy.ts';
import { filterKey, useMatchingIn, useOverview } from '../../api/surveys.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { useCommands } from '../../commands/command-table.ts';
import { isFiltering, usePlaceParts } from '../../state/place.ts';
import { useStatus } from '../../state/status.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Badge, Keys } from '../../ui/badge.tsx';
import { count, plural } from '../../ui/format.ts';
import { Splitter } from '../../ui/splitter.tsx';
import { ColumnsDialog } from './columns-dialog.tsx';
import { EventDetail } from './event-detail.tsx';
import { EventGrid, type GridHandle } from './event-grid.tsx';
import styles from './events-view.module.css';
import { FilterChips } from './filter-chips.tsx';
import { JumpBox, type JumpPlace } from './jump-box.tsx';
import { countSelected, NOTHING_SELECTED, selectedRanges, selectedRun, type Selection } from './selection.ts';
import { TailRate } from './tail-rate.tsx';
import { TimeFilter } from './time-filter.tsx';
import { TypeFilter } from './type-filter.tsx';
import { useColumns } from './use-columns.ts';
import { useCopyEvents } from './use-copy-events.ts';
import { useEventCommands } from './use-event-commands.ts';
import { useSeekTime } from './use-seek-time.ts';
import { useDetail } from './use-detail.ts';

interface EventsViewProps {
  readonly path: string;
  readonly topic: TopicRow;
  /** Why nothing can be appended here; null when it can. */
  readonly refusal: string | null;
}

/** The events of one topic: toolbar, grid, and the event under the cursor. */
export function EventsView({ path, topic, refusal }: EventsViewProps): ReactNode {
  const latest = useLatest(path, topic);
  if (latest === null) {
    return (
      <div style={{ padding: 16 }}>
        <ErrorPanel error={new Error(topic.trouble ?? 'The repository of this topic cannot be opened.')} />
      </div>
    );
  }
  const rows: GridTopic = { path, name: topic.name, incarnation: topic.incarnation, latestVersion: latest };
  return <Events row={topic} topic={rows} refusal={refusal} />;
}

interface EventsProps {
  readonly row: TopicRow;
  readonly topic: GridTopic;
  readonly refusal: string | null;
}

function Events({ row, topic, refusal }: EventsProps): ReactNode {
  const { version, filter, following, dialog, openDialog, chosen, choose } = usePlaceParts(
    'version',
    'filter',
    'following',
    'dialog',
    'openDialog',
    'chosen',
    'choose',
  );
  const latest = topic.latestVersion;
  const isFiltered = isFiltering(filter);
  const columns = useColumns(topic.path, topic.name);
  const copying = useCopyEvents(topic, filter);
  const [selection, setSelection] = useState<Selection>(chosen ? selectedRun(chosen) : NOTHING_SELECTED);
  useEffect(() => choose(null), [choose]);
  const [isChoosingTypes, setChoosingTypes] = useState(false);
  const grid = useRef<GridHandle>(null);
  const jump = useRef<HTMLInputElement>(null);
  const detail = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(true);
  const panes = useRememberedPanes('events');
  const shown = useDetail(() => setOpen(true));
  const hasDraft = useHasDraft(topic.path, topic.name, topic.incarnation);

  // Another filter is another list: what was selected of the last one, and that its scan was stopped, is of no meaning.
  const key = filterKey(filter);
  const [seen, setSeen] = useState({ key, stopped: false });
  if (seen.key !== key) {
    setSeen({ key, stopped: false });
    setSelection(NOTHING_SELECTED);
  }
  const overview = useOverview(topic, filter, { isWanted: isFiltered, isStopped: seen.stopped });
  const progress = isFiltered ? overview.data?.progress : undefined;
  const isScanning = isFiltered && progress?.done !== true;
  const rows = isFiltered ? (overview.data?.matching ?? 0) : latest;
  useCommands({ 'view.detail': { run: () => setOpen((open) => !open), checked: isOpen } });
  useEventCommands({ topic, grid, jump, selection, copying, refusal, onFind: () => setChoosingTypes(true) });

  const ranges = selectedRanges(selection, version);
  const matchingIn = useMatchingIn(topic, filter, ranges, isFiltered && !isScanning && selection.ranges.length > 0);
  const selected = isFiltered && selection.ranges.length > 0 ? matchingIn : countSelected(selection, version);
  const says = selected !== undefined && selected > 1 ? `${count(selected)} selected` : null;
  useSaid('events.selected', says);

  const seeking = useSeekTime(topic, (to) => grid.current?.goTo(to));
  const goTo = (target: JumpPlace): void =>
    target.kind === 'version' ? grid.current?.goTo(target.version) : seeking.seek(target.at, target.says);
  const append = (
    <CommandButton id="events.append" look="primary">
      <Plus size={14} strokeWidth={1.75} aria-hidden /> Append… {hasDraft ? <Badge>Draft</Badge> : null}
    </CommandButton>
  );

  return (
    <section className={styles['view']} aria-label={`Topic ${topic.name.slice(0, 200)}`}>
      <div className={styles['toolbar']} role="toolbar" aria-label="Events">
        <JumpBox ref={jump} latest={latest} onJump={goTo} onLeave={() => grid.current?.focus()} />
        <TypeFilter topic={topic} isOpen={isChoosingTypes} onOpen={setChoosingTypes} />
        <TimeFilter isDisabled={latest === 0} />
        <span className={styles['grow']} />
        <OrderButtons />
        {append}
      </div>
      <div className={styles['summary']}>
        {isFiltered ? (
          <span className={styles['counts']} role="status">
            {overview.data ? `${count(rows)} of ${plural(overview.data.events, 'event')}` : 'Looking…'}
          </span>
        ) : (
          <Counts path={topic.path} row={row} latest={latest} />
        )}
        {isScanning && progress ? (
          <Working
            says={`${seen.stopped ? 'Stopped at' : 'scanned'} ${percent(progress)} %`}
            action={seen.stopped ? 'Go on' : 'Stop'}
            onAction={() => setSeen({ key, stopped: !seen.stopped })}
          />
        ) : null}
        <FilterChips />
        {says === null ? null : <span>{says}</span>}
        {seeking.progress === null ? null : (
          <Working says={`Looking for that time, ${Math.floor(seeking.progress * 100)} %`} action="Stop" onAction={seeking.stop} />
        )}
        {copying.progress === null ? null : (
          <Working says={`Copying, ${Math.floor(copying.progress * 100)} %`} action="Stop" onAction={copying.stop} />
        )}
        <span className={styles['grow']} />
        <TailRate latest={latest} isFollowing={following} />
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
      ) : panes === null ? null : (
        <Group orientation="horizontal" className={styles['split']} id="events" {...panes}>
          <Panel id="grid" minSize={320}>
            <div className={styles['stage']}>
              <EventGrid
                topic={topic}
                rows={rows}
                isScanning={isScanning}
                handle={grid}
                columns={columns}
                selection={selection}
                onSelect={setSelection}
                onEnter={() => {
                  setOpen(true);
                  detail.current?.querySelector<HTMLElement>('[role=tree], [role=tabpanel], [role=listbox]')?.focus();
                }}
              />
              {isFiltered && overview.error ? (
                <div className={styles['over']}>
                  <ErrorPanel error={overview.error} onRetry={() => void overview.refetch()} onCopy={copyText} />
                </div>
              ) : isFiltered && rows === 0 && !isScanning ? (
                <div className={styles['over']}>
                  <EmptyState title="No event matches">
                    <p>All of this topic was looked through.</p>
                    <CommandButton id="events.clearFilter" />
                  </EmptyState>
                </div>
              ) : null}
            </div>
          </Panel>
          {isOpen ? (
            <>
              <Splitter label="Width of the event" />
              <Panel id="detail" defaultSize="37%" minSize={260}>
                <EventDetail
                  ref={detail}
                  topic={topic}
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
      {dialog?.kind === 'columns' ? <ColumnsDialog columns={columns} onClose={() => openDialog(null)} /> : null}
    </section>
  );
}

interface WorkingProps {
  readonly says: string;
  readonly action: string;
  readonly onAction: () => void;
}

/** Something that takes its time, and the way to stop it. */
function Working({ says, action, onAction }: WorkingProps): ReactNode {
  return (
    <span className={styles['job']}>
      {says}
      <Button look="quiet" onClick={onAction}>
        {action}
      </Button>
    </span>
  );
}

const percent = ({ scanned, total }: SurveyProgress): number => Math.floor((scanned / Math.max(1, total)) * 100);

function OrderButtons(): ReactNode {
  const { order, setOrder } = usePlaceParts('order', 'setOrder');
  return (
    <div className={styles['order']} role="group" aria-label="Order">
      <button type="button" aria-pressed={order === 'newest'} onClick={() => setOrder('newest')}>
        Newest
      </button>
      <button type="button" aria-pressed={order === 'oldest'} onClick={() => setOrder('oldest')}>
        Oldest
      </button>
    </div>
  );
}

/** How much the topic holds. */
function Counts({ path, row, latest }: { readonly path: string; readonly row: TopicRow; readonly latest: number }): ReactNode {
  const { data } = useCount(path, { ...row, latestVersion: latest });
  const says = data
    ? [
        plural(data.events, 'event'),
        ...(data.damaged > 0 ? [`${count(data.damaged)} damaged`] : []),
        ...(data.latestVersion !== data.events ? [`latest version ${count(data.latestVersion)}`] : []),
      ].join(' · ')
    : 'Counting…';
  return <span className={styles['counts']}>{says}</span>;
}

/** Says something in the status bar while this part is on the screen. */
function useSaid(key: string, text: string | null): void {
  const show = useStatus((status) => status.show);
  useEffect(() => {
    show(key, text);
    return () => show(key, null);
  }, [key, text, show]);
}
