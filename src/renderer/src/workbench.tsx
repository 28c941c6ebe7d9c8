import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import { Group, Panel } from 'react-resizable-panels';
import type { StoreInfo } from '../../shared/ipc/contract/stores.ts';
import type { TopicEntry } from '../../shared/ipc/contract/topics.ts';
import { copyText } from './api/copy.ts';
import { useHealth, useTopics } from './api/queries.ts';
import { tidemark } from './api/tidemark.ts';
import { useTopicRow } from './api/topics.ts';
import styles from './app.module.css';
import { CommandButton } from './commands/command-button.tsx';
import { useCommands } from './commands/command-table.ts';
import { TopicDialogs } from './features/topics/topic-dialogs.tsx';
import { TopicList } from './features/topics/topic-list.tsx';
import { groupTopics } from './features/topics/topic-rows.ts';
import { CONFIGURATION_IS_KEPT, useTopicCommands } from './features/topics/use-topic-commands.ts';
import { usePlace, type View } from './state/place.ts';
import { Badge } from './ui/badge.tsx';
import { Button } from './ui/button.tsx';
import { EmptyState } from './ui/empty-state.tsx';
import { ErrorPanel } from './ui/error-panel.tsx';
import { count, plural } from './ui/format.ts';
import { Splitter } from './ui/splitter.tsx';
import { Tabs } from './ui/tabs.tsx';
import { visibleText } from './ui/visible-text.tsx';
import { ViewPanel } from './view-panel.tsx';

/** One store in the window: topics on the left, the chosen one on the right, the state of all below. */
export function Workbench({ store }: { readonly store: StoreInfo }): ReactNode {
  const { topic: name, view, version, go } = usePlace();
  const topics = useTopics(store.path);
  const health = useHealth(store.path);
  const all = topics.data ?? [];
  const problems = health.data?.problems ?? [];
  const entry = all.find((row) => row.name === name) ?? null;
  const topic = useTopicRow(store.path, entry);
  const refusal = entry ? appendRefusal(store, entry) : 'Choose a topic first.';
  useFirstTopic(all, name);
  useHealthAfterCounts(store.path);
  useEffect(() => void tidemark.appShowTitle({ topic: name }), [name]);
  const show = (to: View) => ({ run: () => go({ view: to }), refusal: entry ? null : 'Choose a topic first.' });
  useTopicCommands(store, entry, problems);
  useCommands({
    'view.events': show('events'),
    'view.config': show('config'),
    'view.health': { run: () => go({ view: 'health' }) },
    'events.append': { run: () => go({ view: 'append' }), refusal },
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
      <HealthBanner path={store.path} isShown={view === 'health'} onShow={() => go({ view: 'health' })} />
      <main className={styles['main']}>
        {topics.error ? <ErrorPanel error={topics.error} onRetry={() => void topics.refetch()} onCopy={copyText} /> : null}
        <Group orientation="horizontal" id="workbench" style={{ height: '100%' }}>
          <Panel id="topics" defaultSize={220} minSize={160} maxSize={480}>
            <TopicList path={store.path} topics={all} problems={problems} />
          </Panel>
          <Splitter label="Width of the topics" />
          <Panel id="content" minSize={480}>
            <div className={styles['content']}>
              <TopBar view={view} topic={entry} problems={problems.length} onShow={(to) => go({ view: to })} />
              <div className={styles['panel']}>
                {entry || view === 'health' || view === 'trash' ? (
                  <ViewPanel store={store} topic={topic} view={view} refusal={refusal} />
                ) : (
                  <NoTopic topics={all} />
                )}
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
        {topic && view === 'events' && version !== null ? <span>version {count(version)}</span> : null}
      </footer>
      <TopicDialogs path={store.path} topics={all} />
    </div>
  );
}

function appendRefusal({ readOnly }: StoreInfo, topic: TopicEntry): string | null {
  if (readOnly !== null) return `Read-only: ${readOnly}`;
  if (topic.reserved) return CONFIGURATION_IS_KEPT;
  return null;
}

function NoTopic({ topics }: { readonly topics: readonly TopicEntry[] }): ReactNode {
  return (
    <EmptyState title={topics.every(({ reserved }) => reserved) ? 'This store has no topics yet' : 'Choose a topic'}>
      <p>A topic is an append-only sequence of events.</p>
      <CommandButton id="topic.create" />
    </EmptyState>
  );
}

/** A store opens on its first topic that is not the configuration, so that there is something to see. */
function useFirstTopic(topics: readonly TopicEntry[], name: string | null): void {
  const go = usePlace((place) => place.go);
  const first = groupTopics(topics)
    .flatMap((group) => group.topics)
    .find(({ reserved }) => !reserved)?.name;
  const isGone = name === null || (topics.length > 0 && !topics.some((topic) => topic.name === name));
  useEffect(() => {
    if (isGone && first !== undefined) go({ topic: first });
  }, [isGone, first, go]);
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

const TABS = { events: 'Events', health: 'Health', config: 'Config' } as const;
type Tab = keyof typeof TABS;

interface TopBarProps {
  readonly view: View;
  readonly topic: TopicEntry | null;
  readonly problems: number;
  readonly onShow: (tab: Tab) => void;
}

function TopBar({ view, topic, problems, onShow }: TopBarProps): ReactNode {
  const tabs = (Object.keys(TABS) as Tab[]).map((name) => ({
    name,
    content: (
      <>
        {TABS[name]}
        {name === 'health' && problems > 0 ? <Badge tone="warn">{problems}</Badge> : null}
      </>
    ),
  }));
  return (
    <div className={styles['tabs']}>
      {topic && view !== 'health' && view !== 'trash' ? (
        <span className={styles['topicName']} title={topic.name.slice(0, 500)}>
          {visibleText(topic.name.slice(0, 100))}
        </span>
      ) : null}
      <Tabs label="Views" tabs={tabs} current={view} onShow={onShow} />
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
