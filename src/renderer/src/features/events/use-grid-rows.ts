import { useQueries, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { errorFacts } from '../../../../shared/model/errors.ts';
import type { DamagedVersion } from '../../../../shared/model/event.ts';
import type { EventRow, EventRows } from '../../../../shared/ipc/contract/events.ts';
import { PAGE_ROWS, pageQuery, type GridTopic } from '../../api/queries.ts';
import type { Order } from '../../state/place.ts';
import type { VisibleRows } from '../../ui/scaled-rows.ts';
import { pagesOfRows, positionOfRow } from './grid-rows.ts';

export type Loaded =
  | { readonly event: EventRow }
  | { readonly damaged: DamagedVersion }
  | { readonly failed: string; readonly retry: () => void }
  | 'missing'
  | 'loading';

export interface GridRow {
  /** Null while nobody knows it. */
  readonly version: number | null;
  readonly loaded: Loaded;
}

/** What the rows that are seen hold: only their pages are asked for, and what was there stays until its successor is. */
export function useGridRows(
  topic: GridTopic,
  rows: number,
  order: Order,
  { first, end }: Pick<VisibleRows, 'first' | 'end'>,
): (row: number) => GridRow {
  const client = useQueryClient();
  const pages = pagesOfRows(first, end, rows, order, PAGE_ROWS);
  const queries = useQueries({ queries: pages.map((page) => pageQuery(topic, page)) });
  const newest = Math.max(topic.latestVersion, ...queries.map(({ data }) => data?.latestVersion ?? 0));
  // Others wrote since the newest version was asked for: what a page says of the topic is newer.
  useEffect(() => {
    if (newest > topic.latestVersion) void client.invalidateQueries({ queryKey: ['latest', topic.path, topic.name] });
  }, [newest, client, topic.path, topic.name, topic.latestVersion]);

  return (row) => {
    const position = positionOfRow(row, rows, order);
    const version = position + 1;
    const page = Math.floor(position / PAGE_ROWS);
    const query = queries[page - (pages[0] ?? 0)];
    if (!query) return { version, loaded: 'loading' };
    if (query.error) return { version, loaded: { failed: errorFacts(query.error).message, retry: () => void query.refetch() } };
    const loaded = find(query.data, version) ?? (query.data ? null : find(earlierPage(client, topic, page), version));
    if (loaded) return { version, loaded };
    return { version, loaded: query.isFetching || !query.data ? 'loading' : 'missing' };
  };
}

function find(page: EventRows | undefined, version: number): Loaded | null {
  if (!page) return null;
  const likely = page.rows[(version - 1) % PAGE_ROWS];
  const event = likely?.version === version ? likely : page.rows.find((row) => row.version === version);
  if (event) return { event };
  const damaged = page.damaged.find((found) => found.version === version);
  return damaged ? { damaged } : null;
}

/** The same page when it held fewer events: what is stored never changes, so its rows still hold. */
function earlierPage(client: QueryClient, { path, name, incarnation }: GridTopic, page: number): EventRows | undefined {
  const found = client.getQueriesData<EventRows>({ queryKey: ['page', path, name, incarnation, page] });
  return found.findLast(([, data]) => data !== undefined)?.[1];
}
