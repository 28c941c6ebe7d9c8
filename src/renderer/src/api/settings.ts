import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { Settings, SettingsChange } from '../../../shared/ipc/settings.ts';
import { tidemark } from './tidemark.ts';

const FIRST: Settings = { theme: 'system', times: 'utc', rows: 'compact', dataFont: 12, zoom: 0 };

/** What the person chose for every window. */
export function useSettings(): Settings {
  const { data } = useQuery({ queryKey: ['settings'], queryFn: async () => replyValue(await tidemark.appSettings({})) });
  return data ?? FIRST;
}

/** Height of one row of data in px: what the person chose, and never less than their font needs. Also the CSS variable `--row`. */
export function rowHeight({ rows, dataFont }: Pick<Settings, 'rows' | 'dataFont'>): number {
  return Math.max(rows === 'compact' ? 24 : 30, dataFont + 12);
}

export function changeSettings(change: SettingsChange): void {
  void tidemark.appChange(change);
}

/**
 * A small value that is kept over restarts under `key` (`columns:…`, `panes:…`), and how to change it. Undefined until it is
 * known; `fallback` where nothing of the right shape is kept.
 */
export function useRemembered<T>(key: string, schema: z.ZodType<T>, fallback: T): readonly [T | undefined, (value: T) => void] {
  const client = useQueryClient();
  const queryKey = ['remembered', key];
  const { data } = useQuery({
    queryKey,
    queryFn: async () => parse(replyValue(await tidemark.appRecall({ prefix: key }))[key], schema, fallback),
  });
  const change = (value: T): void => {
    client.setQueryData(queryKey, value);
    void tidemark.appRemember({ key, value: JSON.stringify(value) });
  };
  return [data, change];
}

function parse<T>(text: string | undefined, schema: z.ZodType<T>, fallback: T): T {
  if (text === undefined) return fallback;
  try {
    const result = schema.safeParse(JSON.parse(text));
    return result.success ? result.data : fallback;
  } catch {
    return fallback;
  }
}
