import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import type { EventRows, StoreInfo, TopicRow } from '../../shared/ipc/contract.ts';
import { copyText } from './api/copy.ts';
import { useHealth, useRefresh, useTopics } from './api/queries.ts';
import styles from './app.module.css';
import { AppendDialog } from './features/append/append-dialog.tsx';
import { EventsView } from './features/events/events-view.tsx';
import { HealthView } from './features/health/health-view.tsx';
import { NewTopicDialog } from './features/topics/new-topic-dialog.tsx';
import { TopicConfigView } from './features/topics/topic-config.tsx';
import { TopicList } from './features/topics/topic-list.tsx';
import { usePlace, type Tab } from './state/place.ts';
import { Badge } from './ui/badge.tsx';
import { Button } from './ui/button.tsx';
import { EmptyState } from './ui/empty-state.tsx';
import { ErrorPanel } from './ui/error-panel.tsx';
import { count, plural } from './ui/format.ts';
import { Splitter } from './ui/splitter.tsx';
import { Tabs } from './ui/tabs.tsx';
import { visibleText } from './ui/visible-text.tsx';

/** One store in the window: topics on the left, the chosen one on the right, the state of all below. */
export function Workbench({ store }: { readonly store: StoreInfo }): ReactNode {
  const { topic: name, tab, dialog, version, showTab, openTopic, openDialog } = usePlace();
  const topics = useTopics(store.path);
  const health = useHealth(store.path);
  const refresh = useRefresh();
  const all = topics.data ?? [];
  const topic = all.find((row) => row.name === name) ?? null;
  const refusal = topic ? appendRefusal(store, topic) : store.readOnly;
  useFirstTopic(all, name, openTopic);
  useHealthAfterCounts(store.path);
  useKeys({
    'ctrl+1': () => showTab('events'),
    'ctrl+5': () => showTab('health'),
    'ctrl+6': () => showTab('config'),
    'ctrl+r': refresh,
    f5: refresh,
    'ctrl+f': () => focusOn('topic-filter'),
    'ctrl+g': () => focusOn('jump-to-version'),
    'ctrl+shift+a': () => (topic && refusal === null ? openDialog('append') : undefined),
    f6: () => cyclePanes(1),
    'shift+f6': () => cyclePanes(-1),
  });

  return (
    <div className={styles['app']}>
      <header className={styles['top']}>
        <h1 className={styles['store']} title={store.path}>
          {visibleText(store.name)}
        </h1>
        <Badge>{store.kind === 'memory' ? 'in memory' : store.kind}</Badge>
        {store.readOnly === null ? null : (
          <Badge tone="warn" title={store.readOnly}>
            read-only
          </Badge>
        )}
      </header>
      <HealthBanner path={store.path} isShown={tab === 'health'} onShow={() => showTab('health')} />
      <main className={styles['main']}>
        {topics.error ? <ErrorPanel error={topics.error} onRetry={() => void topics.refetch()} onCopy={copyText} /> : null}
        <Group orientation="horizontal" id="workbench" style={{ height: '100%' }}>
          <Panel id="topics" defaultSize={220} minSize={160} maxSize={480}>
            <TopicList path={store.path} topics={all} refusal={store.readOnly} />
          </Panel>
          <Splitter label="Width of the topics" />
          <Panel id="content" minSize={480}>
            <div className={styles['content']}>
              <TopBar tab={tab} topic={topic} problems={health.data?.problems.length ?? 0} onShow={showTab} />
              <div className={styles['panel']}>
                {tab === 'health' ? <HealthView path={store.path} /> : null}
                {tab !== 'health' && !topic ? (
                  <EmptyState title={all.every(({ reserved }) => reserved) ? 'This store has no topics yet' : 'Choose a topic'}>
                    <p>A topic is an append-only sequence of events.</p>
                    {store.readOnly === null ? <Button onClick={() => openDialog('new-topic')}>New topic…</Button> : null}
                  </EmptyState>
                ) : null}
                {tab === 'events' && topic ? (
                  <EventsView key={`${topic.name} ${topic.incarnation}`} path={store.path} topic={topic} refusal={refusal} />
                ) : null}
                {tab === 'config' && topic ? <TopicConfigView topic={topic} /> : null}
              </div>
            </div>
          </Panel>
        </Group>
      </main>
      <footer className={styles['status']}>
        <span className={styles['path']}>{visibleText(store.path)}</span>
        <span>{store.readOnly === null ? 'read and write' : 'read-only'}</span>
        <span>{plural(all.filter(({ reserved }) => !reserved).length, 'topic')}</span>
        <span className={styles['grow']} />
        {topic && tab === 'events' && version !== null ? <span>version {count(version)}</span> : null}
      </footer>
      {dialog === 'new-topic' ? <NewTopicDialog topics={all} /> : null}
      {dialog === 'append' && topic ? <AppendWithTypes path={store.path} topic={topic} /> : null}
    </div>
  );
}

function appendRefusal({ readOnly }: StoreInfo, topic: TopicRow): string | null {
  if (readOnly !== null) return `Read-only: ${readOnly}`;
  if (topic.reserved) return 'The configuration topic is written by creating and changing topics only.';
  return null;
}

/** A store opens on its first topic that is not the configuration, so that there is something to see. */
function useFirstTopic(topics: readonly TopicRow[], name: string | null, openTopic: (name: string) => void): void {
  const first = topics.find(({ reserved }) => !reserved)?.name;
  const isGone = name === null || (topics.length > 0 && !topics.some((topic) => topic.name === name));
  useEffect(() => {
    if (isGone && first !== undefined) openTopic(first);
  }, [isGone, first, openTopic]);
}

/** Counting reads every file of an fs topic, and so meets its damage: what it found is asked for when it has ended. */
function useHealthAfterCounts(path: string): void {
  const client = useQueryClient();
  const isCounting = useIsFetching({ queryKey: ['count', path] }) > 0;
  useEffect(() => {
    if (!isCounting) void client.invalidateQueries({ queryKey: ['health', path] });
  }, [isCounting, client, path]);
}

/** The types on the pages that are loaded, most recent first. */
function AppendWithTypes({ path, topic }: { readonly path: string; readonly topic: TopicRow }): ReactNode {
  const client = useQueryClient();
  const pages = client.getQueriesData<EventRows>({ queryKey: ['page', path, topic.name] });
  const types = new Set(pages.flatMap(([, page]) => page?.rows.map(({ type }) => type) ?? []));
  return <AppendDialog topic={topic} types={[...types].slice(0, 100)} />;
}

const NAMES: Readonly<Record<Tab, string>> = { events: 'Events', health: 'Health', config: 'Config' };

interface TopBarProps {
  readonly tab: Tab;
  readonly topic: TopicRow | null;
  readonly problems: number;
  readonly onShow: (tab: Tab) => void;
}

function TopBar({ tab, topic, problems, onShow }: TopBarProps): ReactNode {
  const tabs = (Object.keys(NAMES) as Tab[]).map((name) => ({
    name,
    content: (
      <>
        {NAMES[name]}
        {name === 'health' && problems > 0 ? <Badge tone="warn">{problems}</Badge> : null}
      </>
    ),
  }));
  return (
    <div className={styles['tabs']}>
      {topic && tab !== 'health' ? (
        <span className={styles['topicName']} title={topic.name.slice(0, 500)}>
          {visibleText(topic.name.slice(0, 100))}
        </span>
      ) : null}
      <Tabs label="Views" tabs={tabs} current={tab} onShow={onShow} />
    </div>
  );
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

/** `ctrl+shift+a` and the like; Cmd stands for Ctrl on macOS. Open dialogs keep their keys. */
function useKeys(keys: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      if (document.querySelector('[role=dialog]')) return;
      const name = `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.shiftKey ? 'shift+' : ''}${event.key.toLowerCase()}`;
      const run = keys[name];
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}

function focusOn(id: string): void {
  document.getElementById(id)?.focus();
}

/** The main stops of the window in reading order. */
function cyclePanes(step: 1 | -1): void {
  const stops = [...document.querySelectorAll<HTMLElement>('[role=listbox], [role=grid], [role=tree], [role=tabpanel], section[tabindex]')];
  const at = stops.findIndex((stop) => stop.contains(document.activeElement));
  const next = stops[(at + step + stops.length) % stops.length] ?? stops[0];
  next?.focus();
}
