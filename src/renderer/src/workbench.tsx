import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Group, Panel, usePanelRef } from 'react-resizable-panels';
import type { StoreInfo } from '../../shared/ipc/contract/stores.ts';
import type { TopicEntry, TopicRow } from '../../shared/ipc/contract/topics.ts';
import type { Problem } from '../../shared/model/problem.ts';
import { copyText } from './api/copy.ts';
import { useHealth, useTopics } from './api/queries.ts';
import { useRememberedPanes } from './api/remembered-panes.ts';
import { tidemark } from './api/tidemark.ts';
import { useTopicRow } from './api/topics.ts';
import styles from './app.module.css';
import { CommandButton } from './commands/command-button.tsx';
import { useCommands } from './commands/command-table.ts';
import { focusInside } from './features/frame/panes.ts';
import { StatusBar } from './features/frame/status-bar.tsx';
import { TopBar } from './features/frame/top-bar.tsx';
import { useRememberedPlace } from './features/frame/use-remembered-place.ts';
import { tabOf, VIEW_PANEL, ViewTabs } from './features/frame/view-tabs.tsx';
import { ReachBanner } from './features/stores/reach-banner.tsx';
import { StoreCounts } from './features/stores/store-counts.tsx';
import { StoreMode } from './features/stores/store-mode.tsx';
import { TopicList } from './features/topics/topic-list.tsx';
import { groupTopics } from './features/topics/topic-rows.ts';
import { CONFIGURATION_IS_KEPT, useTopicCommands } from './features/topics/use-topic-commands.ts';
import { usePlace, usePlaceParts, type View } from './state/place.ts';
import { Button } from './ui/button.tsx';
import { EmptyState } from './ui/empty-state.tsx';
import { ErrorBoundary } from './ui/error-boundary.tsx';
import { ErrorPanel } from './ui/error-panel.tsx';
import { plural } from './ui/format.ts';
import { lazily } from './ui/lazily.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import { Splitter } from './ui/splitter.tsx';
import { TabPanel } from './ui/tabs.tsx';
import { visibleText } from './ui/visible-text.tsx';
import { ViewPanel } from './view-panel.tsx';

const TopicDialogs = lazily(async () => (await import('./features/topics/topic-dialogs.tsx')).TopicDialogs);
const RestoreDialog = lazily(async () => (await import('./features/replay/restore-dialog.tsx')).RestoreDialog);
const HealthReportDialog = lazily(async () => (await import('./features/health/health-report-dialog.tsx')).HealthReportDialog);

/** One store in the window: topics on the left, the chosen one on the right, the state of all below. */
export function Workbench({ store }: { readonly store: StoreInfo }): ReactNode {
  const { topic: name, view, dialog, go, openDialog } = usePlaceParts('topic', 'view', 'dialog', 'go', 'openDialog');
  const isThere = useRememberedPlace(store.path);
  const panes = useRememberedPanes('workbench');
  const topics = useTopics(store.path);
  const health = useHealth(store.path);
  const all = topics.data ?? NO_TOPICS;
  const problems = health.data?.problems ?? NO_PROBLEMS;
  const entry = all.find((row) => row.name === name) ?? null;
  const found = useTopicRow(store.path, entry);
  const held = useHeldTopic(found, name);
  // Whoever writes to a topic that is deleted meanwhile stays where they are, with what they wrote.
  const topic = found ?? (view === 'append' ? held : null);
  const refusal = entry ? appendRefusal(store, entry) : 'Choose a topic first.';
  useFirstTopic(all, name, isThere, topic !== null);
  useHealthAfterCounts(store.path);
  useEffect(() => void tidemark.appShowTitle({ topic: name }), [name]);
  const show = (to: View) => ({ run: () => go({ view: to }), refusal: entry ? null : 'Choose a topic first.' });
  useTopicCommands(store, entry, problems);
  useCommands({
    'view.events': show('events'),
    'view.replay': { run: () => go({ view: 'replay' }) },
    'view.charts': show('charts'),
    'view.fold': show('fold'),
    'view.config': show('config'),
    'view.health': { run: () => go({ view: 'health' }) },
    'health.copy': { run: () => openDialog({ kind: 'health-report' }) },
    'events.append': { run: () => go({ view: 'append' }), refusal },
  });
  const sidebar = useSidebar();
  const isReady = topics.data !== undefined && isThere && panes !== null;
  useFirstFocus(isReady);

  return (
    <div className={styles['app']}>
      <TopBar store={store} mode={<StoreMode store={store} />} />
      <div>
        <ReachBanner path={store.path} />
        <HealthBanner path={store.path} isShown={view === 'health'} onShow={() => go({ view: 'health' })} />
      </div>
      <main className={styles['main']}>
        {topics.error && !topics.data ? (
          <div className={styles['failure']}>
            <ErrorPanel error={topics.error} onRetry={() => void topics.refetch()} onCopy={copyText} />
          </div>
        ) : null}
        {!isReady && !topics.error ? <Skeleton label="Topics are being read" /> : null}
        {isReady ? (
          <Group orientation="horizontal" id="workbench" className={styles['panes'] ?? ''} {...panes}>
            <Panel
              id="topics"
              defaultSize={220}
              minSize={160}
              maxSize={480}
              collapsible
              groupResizeBehavior="preserve-pixel-size"
              panelRef={sidebar.panel}
              onResize={sidebar.onResize}
            >
              <div className={styles['sidebar']} inert={!sidebar.isOpen}>
                <TopicList path={store.path} topics={all} problems={problems} />
              </div>
            </Panel>
            {sidebar.isOpen ? null : <FindInHidden onFind={sidebar.find} />}
            <Splitter label="Width of the topics" />
            <Panel id="content" minSize={360}>
              <div className={styles['content']}>
                <div className={styles['tabs']}>
                  <TopicName topic={OF_THE_STORE.has(view) ? null : topic} />
                  <ViewTabs current={view} problems={health.data?.problems.length ?? 0} />
                </div>
                <TabPanel id={VIEW_PANEL} name={tabOf(view)} label={view} className={styles['panel']}>
                  <ErrorBoundary what="This view" of={`${view} ${name}`} onCopy={copyText}>
                    {entry || topic || OF_THE_STORE.has(view) ? (
                      <ViewPanel store={store} topic={topic} isGone={entry === null} view={view} refusal={refusal} />
                    ) : (
                      <NoTopic topics={all} />
                    )}
                  </ErrorBoundary>
                </TabPanel>
              </div>
            </Panel>
          </Group>
        ) : null}
      </main>
      <StatusBar store={store} counts={<StoreCounts path={store.path} />} />
      {dialog?.kind === 'restore-version' ? <RestoreDialog key={dialog.version} store={store} version={dialog.version} /> : null}
      {dialog?.kind === 'health-report' ? <HealthReportDialog path={store.path} /> : null}
      {dialog ? <TopicDialogs path={store.path} topics={all} /> : null}
    </div>
  );
}

/** Views that need no topic. */
const OF_THE_STORE: ReadonlySet<View> = new Set(['replay', 'health', 'trash']);

const NO_TOPICS: readonly TopicEntry[] = [];
const NO_PROBLEMS: readonly Problem[] = [];

function appendRefusal({ readOnly }: StoreInfo, topic: TopicEntry): string | null {
  if (readOnly !== null) return `Read-only: ${readOnly}`;
  if (topic.reserved) return CONFIGURATION_IS_KEPT;
  return null;
}

function TopicName({ topic }: { readonly topic: TopicEntry | null }): ReactNode {
  if (!topic) return null;
  return (
    <span className={styles['topicName']} title={topic.name.slice(0, 500)}>
      {visibleText(topic.name.slice(0, 100))}
    </span>
  );
}

function NoTopic({ topics }: { readonly topics: readonly TopicEntry[] }): ReactNode {
  return (
    <EmptyState title={topics.every(({ reserved }) => reserved) ? 'This store has no topics yet' : 'Choose a topic'}>
      <p>A topic is an append-only sequence of events.</p>
      <CommandButton id="topic.create" />
    </EmptyState>
  );
}

/** Ctrl+B: the topics go and come back as wide as they were. Searching them brings them back too. */
function useSidebar() {
  const panel = usePanelRef();
  const [isOpen, setOpen] = useState(true);
  const toggle = (): void => (isOpen ? panel.current?.collapse() : panel.current?.expand());
  const isFinding = useRef(false);
  const find = (): void => {
    isFinding.current = true;
    panel.current?.expand();
  };
  useEffect(() => {
    if (isOpen && isFinding.current) document.getElementById('topic-filter')?.focus();
    isFinding.current = false;
  }, [isOpen]);
  useCommands({ 'view.sidebar': { run: toggle, checked: isOpen } });
  return { panel, isOpen, find, onResize: ({ inPixels }: { readonly inPixels: number }): void => setOpen(inPixels > 0) };
}

/** While the topics are hidden, searching them shows them. There only then, so that it takes the command from the list itself. */
function FindInHidden({ onFind }: { readonly onFind: () => void }): ReactNode {
  useCommands({ 'topics.filter': { run: onFind } });
  return null;
}

/** A store opens on its first topic that is not the configuration, so that there is something to see. */
function useFirstTopic(topics: readonly TopicEntry[], name: string | null, isThere: boolean, isShown: boolean): void {
  const go = usePlace((place) => place.go);
  const first = useMemo(
    () =>
      groupTopics(topics)
        .flatMap((group) => group.topics)
        .find(({ reserved }) => !reserved)?.name,
    [topics],
  );
  const isGone = !isShown && (name === null || (topics.length > 0 && !topics.some((topic) => topic.name === name)));
  useEffect(() => {
    if (isThere && isGone && first !== undefined) go({ topic: first });
  }, [isThere, isGone, first, go]);
}

/** A store that has just opened has the focus in its first pane, not nowhere nor on what is around every store. */
function useFirstFocus(isReady: boolean): void {
  useEffect(() => {
    const list = isReady ? document.querySelector<HTMLElement>('main [role=listbox]') : null;
    if (!list) return;
    // What has no size yet takes no focus: the panes may be laid out later than this runs.
    const laidOut = new ResizeObserver(() => {
      if (list.clientWidth === 0 || list.clientHeight === 0) return;
      laidOut.disconnect();
      if (!document.activeElement?.closest('main, [role=dialog], [role=alertdialog]')) focusInside(list);
    });
    laidOut.observe(list);
    return () => laidOut.disconnect();
  }, [isReady]);
}

/** The topic of this name as it was last seen. */
function useHeldTopic(found: TopicRow | null, name: string | null): TopicRow | null {
  const [held, setHeld] = useState(found);
  if (found !== null && found !== held) setHeld(found);
  return held?.name === name ? held : null;
}

const COUNTS: ReadonlySet<string> = new Set(['count', 'summary']);

/** Counting reads every file of an fs topic, and so meets its damage: what it found is asked for when it has ended. */
function useHealthAfterCounts(path: string): void {
  const client = useQueryClient();
  const isCounting = useIsFetching({ predicate: ({ queryKey }) => COUNTS.has(String(queryKey[0])) && queryKey[1] === path }) > 0;
  useEffect(() => {
    if (!isCounting) void client.invalidateQueries({ queryKey: ['health', path] });
  }, [isCounting, client, path]);
}

interface HealthBannerProps {
  readonly path: string;
  readonly isShown: boolean;
  readonly onShow: () => void;
}

function HealthBanner({ path, isShown, onShow }: HealthBannerProps): ReactNode {
  const { data } = useHealth(path);
  // Its place in the layout stays, so that nothing jumps when it comes.
  if (!data || isShown || data.problems.length === 0) return <div />;
  return (
    <div role="status" className={styles['banner']}>
      <TriangleAlert size={14} strokeWidth={1.75} aria-hidden />
      <span>{plural(data.problems.length, 'problem')} found in this store. Healthy events are shown as always.</span>
      <Button onClick={onShow}>Show problems</Button>
    </div>
  );
}
