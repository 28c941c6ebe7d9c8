import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { GridTopic } from '../../api/queries.ts';
import { countBefore, filterKey } from '../../api/surveys.ts';
import { isFiltering, type EventFilter } from '../../state/place.ts';

export interface CursorPosition {
  /** The position of the version, or where it would be among the events that are shown; null until it is known. */
  readonly known: number | null;
  /** It has been asked for and will be known. */
  readonly isAsked: boolean;
  /** Whoever moves the cursor knows where it goes. */
  readonly note: (position: number, version: number) => void;
}

/** Where the version under the cursor is among the events that are shown. */
export function useCursorPosition({ path, name, incarnation }: GridTopic, filter: EventFilter, version: number | null): CursorPosition {
  const key = filterKey(filter);
  const [noted, setNoted] = useState<{ readonly key: string; readonly version: number; readonly position: number } | null>(null);
  const isNoted = noted !== null && noted.key === key && noted.version === version;
  const { data, isFetching } = useQuery({
    queryKey: ['position', path, name, incarnation, key, version],
    queryFn: ({ signal }) => countBefore(name, filter, version ?? 1, signal),
    enabled: isFiltering(filter) && version !== null && !isNoted,
    gcTime: 5000,
  });
  const found = isNoted ? noted.position : (data ?? null);
  return {
    isAsked: isFetching,
    known: version === null ? null : isFiltering(filter) ? found : version - 1,
    note: (position, at) => (isFiltering(filter) ? setNoted({ key, version: at, position }) : undefined),
  };
}
