import { topicOptions, type TopicConfig } from '../../../shared/model/topic-config.ts';

/** The column value of a config. */
export function encodeConfig({ name, adapter, connection, options }: TopicConfig): string {
  return JSON.stringify({ name, adapter, connection, options });
}

/** The config of a column value, null where it is missing or not a config. */
export function decodeConfig(text: unknown): TopicConfig | null {
  if (typeof text !== 'string') return null;
  try {
    return asConfig(JSON.parse(text));
  } catch {
    return null;
  }
}

function asConfig(value: unknown): TopicConfig | null {
  if (typeof value !== 'object' || value === null) return null;
  const { name, adapter, connection, options } = value as Readonly<Record<string, unknown>>;
  if (typeof name !== 'string' || typeof adapter !== 'string' || typeof connection !== 'string') return null;
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return null;
  const pairs = Object.entries(options as Readonly<Record<string, unknown>>);
  const known = pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string');
  return known ? { name, adapter, connection, options: topicOptions(pairs) } : null;
}
