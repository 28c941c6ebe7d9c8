import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { EventRows } from '../../shared/ipc/contract/events.ts';
import type { StoreInfo } from '../../shared/ipc/contract/stores.ts';
import type { TopicRow } from '../../shared/ipc/contract/topics.ts';
import { AppendDialog } from './features/append/append-dialog.tsx';
import { EventsView } from './features/events/events-view.tsx';
import { HealthView } from './features/health/health-view.tsx';
import { TopicConfigView } from './features/topics/topic-config.tsx';
import { TrashView } from './features/topics/trash-view.tsx';
import type { View } from './state/place.ts';

interface ViewPanelProps {
  readonly store: StoreInfo;
  readonly topic: TopicRow | null;
  readonly view: View;
  /** Why nothing can be appended to the topic; null when it can. */
  readonly refusal: string | null;
}

/** The view the person is at. */
export function ViewPanel({ store, topic, view, refusal }: ViewPanelProps): ReactNode {
  if (view === 'health') return <HealthView path={store.path} />;
  if (view === 'trash') return <TrashView store={store} />;
  if (!topic) return null;
  const events = <EventsView key={`${topic.name} ${topic.incarnation}`} path={store.path} topic={topic} refusal={refusal} />;
  switch (view) {
    case 'config':
      return <TopicConfigView store={store} topic={topic} />;
    case 'append':
      return (
        <>
          {events}
          <AppendWithTypes path={store.path} topic={topic} />
        </>
      );
    default:
      return events;
  }
}

/** The types on the pages that are loaded, most recent first. */
function AppendWithTypes({ path, topic }: { readonly path: string; readonly topic: TopicRow }): ReactNode {
  const client = useQueryClient();
  const pages = client.getQueriesData<EventRows>({ queryKey: ['page', path, topic.name] });
  const types = new Set(pages.flatMap(([, page]) => page?.rows.map(({ type }) => type) ?? []));
  return <AppendDialog topic={topic} types={[...types].slice(0, 100)} />;
}
