import { useMemo } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { Settings, SettingsChange } from '../../../shared/ipc/settings.ts';
import { tidemark } from './tidemark.ts';

const FIRST: Settings = { theme: 'system', times: 'utc', rows: 'compact', dataFont: 12, zoom: 0 };

export const settingsQuery = { queryKey: ['settings'], queryFn: async () => replyValue(await tidemark.appSettings({})) };

/** What the person chose for every window. */
export function useSettings(): Settings {
  const { data } = useQuery(settingsQuery);
  return data ?? FIRST;
}

/** Height of one row of data in px: what the person chose, and never less than their font needs. Also the CSS variable `--row`. */
export function rowHeight({ rows, dataFont }: Pick<Settings, 'rows' | 'dataFont'>): number {
  return Math.max(rows === 'compact' ? 24 : 30, dataFont + 12);
}

export function changeSettings(change: SettingsChange): void {
  void tidemark.appChange(change);
}

/** The text that is kept under a key; null: none. */
export function rememberedQuery(key: string) {
  return {
    queryKey: ['remembered', key],
    queryFn: async (): Promise<string | null> => replyValue(await tidemark.appRecall({ prefix: key }))[key] ?? null,
  };
}

/**
 * A small value that is kept over restarts under `key` (`columns:…`, `panes:…`), and how to change it. Undefined until it is
 * known; `fallback` where nothing of the right shape is kept. Schema and fallback are the same at every call.
 */
export function useRemembered<T>(key: string, schema: z.ZodType<T>, fallback: T): readonly [T | undefined, (value: T) => void] {
  const client = useQueryClient();
  const { data: text } = useQuery(rememberedQuery(key));
  const value = useMemo(() => (text === undefined ? undefined : rememberedValue(text, schema, fallback)), [text, schema, fallback]);
  const change = (next: T): void => {
    const changed = JSON.stringify(next);
    client.setQueryData(rememberedQuery(key).queryKey, changed);
    void tidemark.appRemember({ key, value: changed });
  };
  return [value, change];
}

/** The text that is kept, read by its shape. */
export function rememberedValue<T>(text: string | null, schema: z.ZodType<T>, fallback: T): T {
  if (text === null) return fallback;
  try {
    const result = schema.safeParse(JSON.parse(text));
    return result.success ? result.data : fallback;
  } catch {
    return fallback;
  }
}
