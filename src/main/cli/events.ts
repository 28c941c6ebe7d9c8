import { EventStoreError } from '../../shared/model/errors.ts';
import { encodeEvent, MAX_PAGE, type EventPage } from '../../shared/model/event.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { STORE_OPTIONS, UsageError, type Command, type CommandArguments } from './command.ts';
import { withStore } from './open-store.ts';

/** How many damaged versions the final error names. */
const MOST_NAMED = 1000;

/** Healthy events as NDJSON; ends with DAMAGED_EVENT where a version could not be read. */
export const events: Command = {
  summary: 'print the events of a topic, one JSON object a line',
  positionals: ['PATH', 'TOPIC'],
  options: {
    ...STORE_OPTIONS,
    after: { kind: 'text', value: 'N', help: 'only versions greater than N' },
    before: { kind: 'text', value: 'N', help: 'with --backward: only versions less than N' },
    backward: { kind: 'flag', help: 'newest first' },
    limit: { kind: 'text', value: 'N', help: 'at most N events' },
    type: { kind: 'texts', value: 'T', help: 'only events of this type; may be given several times' },
  },
  run: async (context) => {
    const { args, out } = context;
    const wanted = wantedEvents(args);
    const topic = args.argument('TOPIC');
    await withStore(context, async ({ store }) => {
      await refuseUnknown(store, topic);
      const damaged: number[] = [];
      let count = 0;
      for await (const page of pages(store, topic, wanted)) {
        for (const event of page.events) await out.line(encodeEvent(event));
        count += page.damaged.length;
        for (const { version } of page.damaged) if (damaged.length < MOST_NAMED) damaged.push(version);
      }
      await out.flush();
      if (count === 0) return;
      throw new EventStoreError(
        'DAMAGED_EVENT',
        `${count} ${count === 1 ? 'version' : 'versions'} of topic "${topic}" cannot be read; all others were printed. "info" says what is wrong with them.`,
        { topic, versions: damaged.sort((a, b) => a - b), ...(count > damaged.length ? { count } : {}) },
      );
    });
  },
};

interface WantedEvents {
  readonly direction: 'forward' | 'backward';
  /** Exclusive; undefined: from the start, or from the end. */
  readonly from: number | undefined;
  readonly limit: number;
  readonly types: readonly string[];
}

function wantedEvents(args: CommandArguments): WantedEvents {
  const after = args.number('after', 0);
  const before = args.number('before', 0);
  const limit = args.number('limit', 1) ?? Infinity;
  const types = args.texts('type');
  if (types.includes('')) throw new UsageError('--type is empty.');
  if (args.flag('backward')) {
    if (after !== undefined) throw new UsageError('--after goes forward; with --backward give --before.');
    return { direction: 'backward', from: before, limit, types };
  }
  if (before !== undefined) throw new UsageError('--before needs --backward.');
  return { direction: 'forward', from: after, limit, types };
}

async function* pages(store: EventStore, topic: string, { direction, from, limit, types }: WantedEvents): AsyncGenerator<EventPage> {
  let left = limit;
  let cursor: number | null | undefined = from;
  while (cursor !== null && left > 0) {
    const where: { readonly after?: number | undefined; readonly before?: number | undefined } =
      direction === 'forward' ? { after: cursor } : { before: cursor };
    const page: EventPage = await store.readEvents(topic, { direction, ...where, limit: Math.min(left, MAX_PAGE), types });
    yield page;
    left -= page.events.length;
    cursor = page.next;
  }
}

/** The configuration topic can be read like any other; before its first event it is an empty one. */
async function refuseUnknown(store: EventStore, topic: string): Promise<void> {
  if (topic !== store.configStream.name) await store.getTopic(topic);
}
