import type { ReactNode } from 'react';
import type { StoreInfo } from '../../shared/ipc/contract/stores.ts';
import type { TopicRow } from '../../shared/ipc/contract/topics.ts';
import { EventsView } from './features/events/events-view.tsx';
import { usePlace, type View } from './state/place.ts';
import { lazily } from './ui/lazily.tsx';
import { Skeleton } from './ui/skeleton.tsx';

const comes = <Skeleton label="The view is being read" />;
// A store opens on its events; what is likely to be gone to first is named last, and so read first.
const FoldView = lazily(async () => (await import('./features/fold/fold-view.tsx')).FoldView, comes);
const ChainView = lazily(async () => (await import('./features/chain/chain-view.tsx')).ChainView, comes);
const TrashView = lazily(async () => (await import('./features/topics/trash-view.tsx')).TrashView, comes);
const TopicConfigView = lazily(async () => (await import('./features/topics/topic-config.tsx')).TopicConfigView, comes);
const HealthView = lazily(async () => (await import('./features/health/health-view.tsx')).HealthView, comes);
const ChartsView = lazily(async () => (await import('./features/charts/charts-view.tsx')).ChartsView, comes);
const ReplayView = lazily(async () => (await import('./features/replay/replay-view.tsx')).ReplayView, comes);
const AppendView = lazily(async () => (await import('./features/append/append-view.tsx')).AppendView, comes);

interface ViewPanelProps {
  readonly store: StoreInfo;
  readonly topic: TopicRow | null;
  /** The topic was deleted while the person was writing to it. */
  readonly isGone: boolean;
  readonly view: View;
  /** Why nothing can be appended to the topic; null when it can. */
  readonly refusal: string | null;
}

/** The view the person is at. */
export function ViewPanel({ store, topic, isGone, view, refusal }: ViewPanelProps): ReactNode {
  const version = usePlace((place) => place.version);
  if (view === 'health') return <HealthView path={store.path} />;
  if (view === 'replay') return <ReplayView store={store} />;
  if (view === 'trash') return <TrashView store={store} />;
  if (!topic) return null;
  switch (view) {
    case 'charts':
      return (
        <ChartsView
          key={`${topic.name} ${topic.incarnation}`}
          topic={{ ...topic, path: store.path, latestVersion: topic.latestVersion ?? 0 }}
        />
      );
    case 'fold':
      return <FoldView key={`${topic.name} ${topic.incarnation}`} path={store.path} topic={topic} refusal={refusal} />;
    case 'config':
      return <TopicConfigView store={store} topic={topic} />;
    case 'chain':
      return <ChainView path={store.path} topic={topic.name} version={version} />;
    case 'append':
      return <AppendView key={topic.name} store={store} topic={topic} isGone={isGone} refusal={refusal} />;
    default:
      return <EventsView key={`${topic.name} ${topic.incarnation}`} path={store.path} topic={topic} refusal={refusal} />;
  }
}
