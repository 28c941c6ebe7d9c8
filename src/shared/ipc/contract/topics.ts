import { z } from 'zod';
import type { Topic, TopicOptions } from '../../model/topic-config.ts';

/**
 * Text by name, as it came: z.record would drop a key called `__proto__`, and nothing is dropped silently here.
 * At most 1,000 options.
 */
const options = z.custom<TopicOptions>(isOptions, 'Invalid input: expected an object of texts');

function isOptions(value: unknown): value is TopicOptions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= 1000 && entries.every(([key, text]) => key.length <= 4096 && typeof text === 'string' && text.length <= 65_536);
}

export const topicsInputs = {
  'topics.list': z.strictObject({ after: z.string().max(4096).nullable(), limit: z.int().min(1).max(500) }),
  'topics.count': z.strictObject({ topic: z.string().max(4096) }),
  'topics.create': z.strictObject({
    name: z.string().max(4096),
    adapter: z.string().max(64).optional(),
    connection: z.string().max(4096).optional(),
    options: options.optional(),
  }),
} as const;

export interface TopicsOutputs {
  'topics.list': { readonly topics: readonly TopicRow[]; readonly next: string | null };
  'topics.count': TopicCounts;
  'topics.create': TopicRow;
}

export interface TopicRow extends Topic {
  /** The configuration topic, shown as what it is and never appended to by hand. */
  readonly reserved: boolean;
  /** Null when the repository cannot be opened; then `trouble` says why. */
  readonly latestVersion: number | null;
  readonly trouble: string | null;
}

export interface TopicCounts {
  readonly events: number;
  readonly latestVersion: number;
  readonly damaged: number;
}
