import { createSeededRandom } from '../../src/main/demo/seeded-random.ts';
import type { NewEvent } from '../../src/shared/model/event.ts';
import { asJsonText } from './trusted-json.ts';

export interface SeededEventsOptions {
  readonly seed: number;
  /** Events are this far apart on average, nanoseconds; times rise. */
  readonly pace?: bigint;
  /** Bytes of filling beside the usual members: 0 gives events of about 270 bytes, 1300 of about 1.6 KB. */
  readonly filling?: number;
}

const TYPES = Array.from(
  { length: 20 },
  (_, index) => `Order${['Placed', 'Paid', 'Packed', 'Shipped', 'Returned'][index % 5]}${index < 5 ? '' : `V${Math.floor(index / 5) + 1}`}`,
);
/** Zipf: the n-th type is as frequent as 1/n. */
const WEIGHTS = TYPES.map((_, index) => 1 / (index + 1));
const TOTAL = WEIGHTS.reduce((sum, weight) => sum + weight, 0);
const START = 1_700_000_000_000_000_000n;

/** An endless row of events that look like a shop's and are the same in every run. Ids are left to the store. */
export function* seededEvents({ seed, pace = 1_000_000_000n, filling = 0 }: SeededEventsOptions): Generator<NewEvent, never> {
  const random = createSeededRandom(seed);
  const pad = filling === 0 ? '' : `,"note":"${'lorem ipsum '.repeat(Math.ceil(filling / 12)).slice(0, filling)}"`;
  let timestamp = START;
  for (let n = 0; ; n++) {
    timestamp += (pace * BigInt(random.below(2000))) / 1000n;
    const order = random.below(1_000_000);
    const data =
      `{"orderId":"order-${String(order).padStart(7, '0')}","customerId":"customer-${random.below(50_000)}","lines":[{"sku":"sku-${random.below(9000)}","quantity":${1 + random.below(9)},"price":${random.below(99_999) / 100}}],` +
      `"currency":"EUR","total":${random.below(9_999_999) / 100},"sequence":${n}${pad}}`;
    const metadata = `{"correlationId":"c-${order}","source":"shop","node":${random.below(8)}}`;
    yield { type: zipf(random.below(1_000_000) / 1_000_000), timestamp, data: asJsonText(data), metadata: asJsonText(metadata) };
  }
}

function zipf(at: number): string {
  let rest = at * TOTAL;
  const index = WEIGHTS.findIndex((weight) => (rest -= weight) < 0);
  return TYPES[index] ?? TYPES[0]!;
}
