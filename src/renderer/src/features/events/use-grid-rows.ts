import { useQueries, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { errorFacts } from '../../../../shared/model/errors.ts';
import type { DamagedVersion } from '../../../../shared/model/event.ts';
import type { EventRow, EventRows } from '../../../../shared/ipc/contract/events.ts';
import { PAGE_ROWS, pageQuery, type GridTopic } from '../../api/queries.ts';
import { filterKey, matchingPageQuery, type MatchingRows } from '../../api/surveys.ts';
import { isFiltering, type EventFilter, type Order } from '../../state/place.ts';
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

type Page = EventRows | MatchingRows;

/** What the rows that are seen hold: only their pages are asked for, and what was there stays until its successor is. */
export function useGridRows(
  topic: GridTopic,
  filter: EventFilter,
  rows: number,
  order: Order,
  { first, end }: Pick<VisibleRows, 'first' | 'end'>,
): (row: number) => GridRow {
  const client = useQueryClient();
  const isFiltered = isFiltering(filter);
  // Rows may just have become fewer than those that were seen.
  const pages = pagesOfRows(Math.min(first, rows), Math.min(end, rows), rows, order, PAGE_ROWS);
  const all = useQueries({ queries: isFiltered ? [] : pages.map((page) => pageQuery(topic, page)) });
  const matching = useQueries({ queries: isFiltered ? pages.map((page) => matchingPageQuery(topic, filter, page, rows)) : [] });
  const newest = Math.max(topic.latestVersion, ...all.map(({ data }) => data?.latestVersion ?? 0));
  // Others wrote since the newest version was asked for: what a page says of the topic is newer.
  useEffect(() => {
    if (newest > topic.latestVersion) void client.invalidateQueries({ queryKey: ['latest', topic.path, topic.name] });
  }, [newest, client, topic.path, topic.name, topic.latestVersion]);

  return (row) => {
    const position = positionOfRow(row, rows, order);
    const number = Math.floor(position / PAGE_ROWS);
    const query = (isFiltered ? matching : all)[number - (pages[0] ?? 0)];
    const page: Page | undefined = query?.data ?? earlierPage(client, topic, filter, number);
    const version = page && 'versions' in page ? (page.versions[position % PAGE_ROWS] ?? null) : isFiltered ? null : position + 1;
    if (query?.error) return { version, loaded: { failed: errorFacts(query.error).message, retry: () => void query.refetch() } };
    const loaded = page && version !== null ? find(page, position, version) : null;
    if (loaded) return { version, loaded };
    return { version, loaded: !query?.data || query.isFetching ? 'loading' : 'missing' };
  };
}

function find(page: Page, position: number, version: number): Loaded | null {
  const likely = page.rows[position % PAGE_ROWS];
  const event = likely?.version === version ? likely : page.rows.find((row) => row.version === version);
  if (event) return { event };
  const damaged = page.damaged.find((found) => found.version === version);
  return damaged ? { damaged } : null;
}

/** The same page when it held fewer events: what is stored never changes, so its rows still hold. */
function earlierPage(client: QueryClient, { path, name, incarnation }: GridTopic, filter: EventFilter, page: number): Page | undefined {
  const queryKey = isFiltering(filter)
    ? ['matching', path, name, incarnation, filterKey(filter), page]
    : ['page', path, name, incarnation, page];
  return client.getQueriesData<Page>({ queryKey }).findLast(([, data]) => data !== undefined)?.[1];
}
