import type { NewEvent } from '../../shared/model/event.ts';
import type { Breathe } from '../eventstore/pace.ts';
import { amount, exactJson } from './exact-json.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';

/** Nanoseconds. */
const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;

/** 2 March 2026, 08:00 UTC: the day the demo shop opened. */
export const OPENING = 1_772_438_400n * SECOND;

const PEOPLE = [
  'Zoë Müller',
  'Søren Ångström',
  'Иван Петров',
  '山田 太郎',
  'مريم حسن',
  "Aoife O'Brien",
  'José Núñez',
  'Ada Lovelace',
] as const;
const GOODS = ['espresso-beans', 'kettle', 'grinder', 'mug-🍵', 'filter-papers', 'scale', 'tamper'] as const;
const CARRIERS = ['DHL', 'PostNord', 'Colissimo'] as const;
const USERS = 90;
const ORDERS = 320;

/** Events of one topic in the order they happened. */
export type ShopHistory = ReadonlyMap<ShopTopic, readonly NewEvent[]>;
export type ShopTopic = 'users' | 'orders' | 'payments' | 'shipments' | 'inventory' | 'coupons';

/** About 2,000 events of a small coffee shop: every order is one correlation, every event names the one that caused it. */
export async function shopHistory(breathe: Breathe): Promise<ShopHistory> {
  const random = createSeededRandom(20260302);
  const recorded = createRecorder(random);
  const users = Array.from({ length: USERS }, (_, index) => registerUser(recorded, random, index));
  for (let number = 0; number < ORDERS; number++) {
    await breathe();
    const user = users[random.below(users.length)];
    if (user) placeOrder(recorded, random, number, user);
  }
  for (let index = 0; index < 12; index++) {
    const at = OPENING + 2n * DAY + BigInt(index) * HOUR;
    recorded.record('coupons', 'CouponIssued', at, { code: `SPRING-${String(index).padStart(3, '0')}`, percent: 5 + index }, null);
  }
  return recorded.history();
}

interface Happened {
  readonly id: string;
  readonly correlation: string;
  readonly at: bigint;
}

interface User {
  readonly id: string;
  /** Beyond 2^53, as account numbers of other systems are. */
  readonly account: bigint;
  readonly since: bigint;
}

interface Recorder {
  record(topic: ShopTopic, type: string, at: bigint, data: unknown, cause: Happened | null): Happened;
  history(): ShopHistory;
}

function createRecorder(random: SeededRandom): Recorder {
  const topics = new Map<ShopTopic, NewEvent[]>();
  return {
    record(topic, type, at, data, cause) {
      const id = uuidAt(random, at);
      const correlation = cause?.correlation ?? id;
      const metadata = exactJson({ correlationId: correlation, causationId: cause?.id ?? null, source: 'shop', traceFlags: 1 });
      const events = topics.get(topic) ?? [];
      topics.set(topic, events);
      events.push({ id, type, timestamp: at, data: exactJson(data), metadata });
      return { id, correlation, at };
    },
    history() {
      const inTime = (a: NewEvent, b: NewEvent): number => Number((a.timestamp ?? 0n) - (b.timestamp ?? 0n));
      return new Map([...topics].map(([topic, events]) => [topic, events.toSorted(inTime)]));
    },
  };
}

/** A UUID v7 of that moment. */
export function uuidAt(random: SeededRandom, at: bigint): string {
  const time = (at / 1_000_000n).toString(16).padStart(12, '0');
  const hex = (digits: number): string =>
    random
      .below(16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(6)}${hex(6)}`;
}

function registerUser(recorded: Recorder, random: SeededRandom, index: number): User {
  const since = OPENING + BigInt(random.below(20 * 24 * 60)) * MINUTE;
  const name = random.pick(PEOPLE);
  const user: User = { id: `user-${String(index + 1).padStart(4, '0')}`, account: 9_007_199_254_740_993n + BigInt(index) * 2n, since };
  const data = {
    userId: user.id,
    account: user.account,
    name,
    email: `${user.id}@example.org`,
    tags: random.chance(30) ? ['newsletter'] : [],
  };
  const registered = recorded.record('users', 'UserRegistered', since, data, null);
  if (random.chance(40)) {
    const street = `${random.pick(['Hauptstraße', 'Ågade', 'rue de l’Église', 'Via Città'])} ${1 + random.below(120)}`;
    recorded.record('users', 'AddressChanged', since + 3n * HOUR, { userId: user.id, address: { street, since: null } }, registered);
  }
  return user;
}

function placeOrder(recorded: Recorder, random: SeededRandom, number: number, user: User): void {
  const at = user.since + BigInt(1 + random.below(25 * 24 * 60 * 60)) * SECOND + BigInt(random.below(1_000_000));
  const orderId = `order-${String(number + 1).padStart(5, '0')}`;
  const lines = Array.from({ length: 1 + random.below(3) }, () => ({
    sku: random.pick(GOODS),
    quantity: 1 + random.below(4),
    cents: 250 + 5 * random.below(2400),
  }));
  const total = lines.reduce((sum, { quantity, cents }) => sum + quantity * cents, 0);
  const shown = lines.map(({ sku, quantity, cents }) => ({ sku, quantity, price: amount(cents) }));
  const placed = recorded.record(
    'orders',
    'OrderPlaced',
    at,
    { orderId, userId: user.id, lines: shown, total: amount(total), currency: 'EUR' },
    null,
  );
  const reserved = recorded.record(
    'inventory',
    'StockReserved',
    at + 2n * SECOND,
    { orderId, lines: lines.map(({ sku, quantity }) => ({ sku, quantity })) },
    placed,
  );
  const money = { orderId, account: user.account, amount: amount(total), currency: 'EUR' };
  if (random.chance(8)) {
    const declined = recorded.record('payments', 'PaymentDeclined', at + 9n * SECOND, { ...money, reason: 'insufficient funds' }, placed);
    recorded.record('inventory', 'StockReleased', at + 10n * SECOND, { orderId }, declined);
    recorded.record('orders', 'OrderCancelled', at + 11n * SECOND, { orderId, reason: 'payment declined' }, declined);
    return;
  }
  const limit = random.chance(3) ? 9_223_372_036_854_775_807n : 100_000n;
  const authorized = recorded.record('payments', 'PaymentAuthorized', at + 8n * SECOND, { ...money, limit }, reserved);
  const captured = recorded.record('payments', 'PaymentCaptured', at + 30n * MINUTE, money, authorized);
  if (random.chance(70)) recorded.record('orders', 'OrderConfirmed', at + 31n * MINUTE, { orderId }, captured);
  if (random.chance(15)) return;
  const parcel = { orderId, parcel: BigInt(number + 1) * 1_000_000_007n + 18_446_744_073_000_000_000n, carrier: random.pick(CARRIERS) };
  const sent = recorded.record('shipments', 'ParcelSent', at + DAY, parcel, captured);
  if (random.chance(75))
    recorded.record(
      'shipments',
      'ParcelDelivered',
      at + 3n * DAY,
      { ...parcel, signedBy: random.chance(50) ? random.pick(PEOPLE) : null },
      sent,
    );
  if (random.chance(6)) recorded.record('payments', 'RefundIssued', at + 5n * DAY, { ...money, note: 'arrived <broken> & late' }, sent);
}
