import type { EventStore } from '../eventstore/event-store.ts';
import { createPace } from '../eventstore/pace.ts';
import { createSeededRandom } from './seeded-random.ts';
import { OPENING, shopHistory, uuidAt, type ShopTopic } from './shop-history.ts';

/** Where a store takes its time and its ids from. */
export interface TimeAndIds {
  readonly now: () => bigint;
  readonly newId: () => string;
}

const BATCH = 25;
const MINUTE = 60_000_000_000n;
const DAY = 1440n * MINUTE;

/**
 * Fills a new store with the history of a small shop: five topics, a sixth that was deleted, and configuration that
 * changed on the way. The same bytes in every run: while it works the store takes time and ids from `source`,
 * afterwards (null) its own.
 */
export async function seedDemo(store: EventStore, source: (seeding: TimeAndIds | null) => void): Promise<void> {
  const random = createSeededRandom(7);
  let clock = OPENING - DAY;
  const pass = (time: bigint): void => {
    clock += time;
  };
  source({ now: () => clock, newId: () => uuidAt(random, clock) });
  try {
    const breathe = createPace();
    const history = await shopHistory(breathe);
    const fill = async (topic: ShopTopic): Promise<void> => {
      const events = history.get(topic) ?? [];
      for (let at = 0; at < events.length; at += BATCH) {
        await breathe();
        await store.appendEvents(topic, events.slice(at, at + BATCH));
      }
    };
    const create = async (name: ShopTopic, options: Record<string, string>): Promise<void> => {
      await store.createTopic({ name, options });
      pass(MINUTE);
    };
    await create('users', { owner: 'accounts', pii: 'true' });
    await create('orders', { owner: 'sales', retention: '30d' });
    await create('payments', { owner: 'finance', currency: 'EUR' });
    await create('inventory', { owner: 'warehouse' });
    await create('coupons', { owner: 'marketing' });
    await fill('coupons');
    pass(3n * DAY);
    const orders = await store.getTopic('orders');
    await store.updateTopic({ ...orders, options: { owner: 'sales', retention: '365d', note: 'größere Bestellungen ☕' } });
    pass(DAY);
    await create('shipments', { owner: 'logistics', carrier: 'DHL' });
    pass(6n * DAY);
    await store.deleteTopic('coupons');
    pass(DAY);
    const payments = await store.getTopic('payments');
    await store.updateTopic({ ...payments, options: { owner: 'finance', currency: 'EUR', audited: 'true' } });
    for (const topic of ['users', 'orders', 'payments', 'inventory', 'shipments'] as const) await fill(topic);
  } finally {
    source(null);
  }
}
