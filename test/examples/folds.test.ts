import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDemoStore, openFold, type OpenedStore } from '../../src/main/compose.ts';
import { event } from '../eventstore/memory-store.ts';

const FOLDER = join(import.meta.dirname, '../../examples/folds');

let demo: OpenedStore;
beforeAll(async () => {
  demo = await openDemoStore();
});
afterAll(() => demo.close());

async function lastState(file: string, topic: string): Promise<{ state: unknown; failing: readonly number[] }> {
  const session = await openFold(demo.store, topic, { source: readFileSync(join(FOLDER, file), 'utf8'), time: 20_000 });
  try {
    const { folded, isImpure } = await session.fold();
    expect(isImpure).toBe(false);
    const { state } = await session.stateAt(folded);
    // A bigint of these examples is small: cents of a small shop.
    return { state: JSON.parse(state ?? ''), failing: session.failing(0, 1000) };
  } finally {
    await session.close();
  }
}

const eventsOf = async (topic: string) => (await demo.store.getEvents(topic)).events;

describe('the ready folds, on the demo store', () => {
  it('are all tried here', () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual(['count-by-type.js', 'latest-per-key.js', 'running-total.js', 'state-machine.js']);
  });

  it('count-by-type counts every event once', async () => {
    for (const topic of ['users', 'orders', 'payments', 'shipments', 'inventory', 'configuration']) {
      const events = await eventsOf(topic);
      const counts: Record<string, number> = {};
      for (const { type } of events) counts[type] = (counts[type] ?? 0) + 1;
      expect(await lastState('count-by-type.js', topic)).toEqual({ state: counts, failing: [] });
    }
  });

  it('latest-per-key holds the last event of every order', async () => {
    const { state } = await lastState('latest-per-key.js', 'payments');
    const last = new Map(
      (await eventsOf('payments')).map(({ data, version }) => [(JSON.parse(data) as { orderId: string }).orderId, version]),
    );
    expect(Object.entries(state as Record<string, { version: number }>).map(([key, { version }]) => [key, version])).toEqual([...last]);
  });

  it('latest-per-key keeps account numbers beyond 2^53 to the digit', async () => {
    const session = await openFold(demo.store, 'payments', {
      source: readFileSync(join(FOLDER, 'latest-per-key.js'), 'utf8'),
      time: 20_000,
    });
    const { folded } = await session.fold();
    const { state } = await session.stateAt(folded);
    await session.close();
    const [first] = await eventsOf('payments');
    const account = /"account":(\d+)/.exec(first?.data ?? '')?.[1] ?? 'none';
    expect(BigInt(account)).toBeGreaterThan(2n ** 53n);
    expect(state).toContain(`"account":${account}`);
  });

  it('running-total adds amounts up to the cent', async () => {
    const { state } = await lastState('running-total.js', 'payments');
    let captured = 0;
    let refunded = 0;
    for (const { type, data } of await eventsOf('payments')) {
      const cents = Number((/"amount":(\d+\.\d\d)/.exec(data)?.[1] ?? '').replace('.', ''));
      if (type === 'PaymentCaptured') captured += cents;
      if (type === 'RefundIssued') refunded += cents;
    }
    expect(state).toMatchObject({ captured, refunded, balance: captured - refunded });
    expect(captured).toBeGreaterThan(1000);
  });

  it('state-machine takes the orders of the shop, and marks what cannot follow', async () => {
    const { state, failing } = await lastState('state-machine.js', 'orders');
    expect(failing).toEqual([]);
    const { orders, counts } = state as { orders: Record<string, string>; counts: Record<string, number> };
    expect(Object.values(counts).reduce((sum, count) => sum + count)).toBe(Object.keys(orders).length);
    const { last } = await demo.store.appendEvents('orders', [
      event('OrderConfirmed', '{"orderId":"order-99999"}'),
      event('OrderPlaced', '{"orderId":"order-99999"}'),
    ]);
    const after = await lastState('state-machine.js', 'orders');
    expect(after.failing).toEqual([last - 1]);
    expect((after.state as { orders: Record<string, string> }).orders['order-99999']).toBe('placed');
  });
});
