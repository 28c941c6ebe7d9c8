import { lazy, Suspense, type ReactNode } from 'react';
import type { StoreInfo } from '../../shared/ipc/contract/stores.ts';
import type { TopicRow } from '../../shared/ipc/contract/topics.ts';
import { AppendView } from './features/append/append-view.tsx';
import { ChartsView } from './features/charts/charts-view.tsx';
import { ChainView } from './features/chain/chain-view.tsx';
import { EventsView } from './features/events/events-view.tsx';
import { HealthView } from './features/health/health-view.tsx';
import { ReplayView } from './features/replay/replay-view.tsx';
import { TopicConfigView } from './features/topics/topic-config.tsx';
import { TrashView } from './features/topics/trash-view.tsx';
import { usePlace, type View } from './state/place.ts';
import { Skeleton } from './ui/skeleton.tsx';

/** The grammar of JavaScript comes with the first fold, not with the window. */
const FoldView = lazy(async () => ({ default: (await import('./features/fold/fold-view.tsx')).FoldView }));

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
      return (
        <Suspense fallback={<Skeleton label="The fold is being read" />}>
          <FoldView key={`${topic.name} ${topic.incarnation}`} path={store.path} topic={topic} refusal={refusal} />
        </Suspense>
      );
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
