import { openStore } from '../../src/main/compose.ts';
import { errorFacts } from '../../src/shared/model/errors.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';

/** `node slow-disk-child.ts PATH APPENDS`: appends to topic `slow` all at once, reads it, breaks off a count; prints what came of it. */
const [path = '', appends = '0'] = process.argv.slice(2);
const { store, close } = await openStore(path);

let turns = 0;
const ticker = setInterval(() => turns++, 5);
const acknowledged = await Promise.all(
  Array.from({ length: Number(appends) }, async (_, n) => {
    const { last } = await store.appendEvents('slow', [{ type: 'Slow', data: parseJsonText(String(n)) }]);
    return last;
  }),
);
const turnsWhileAppending = turns;
clearInterval(ticker);

const { events } = await store.getEvents('slow');
const cancel = new AbortController();
const counting = store.countEvents('slow', cancel.signal).then(
  () => ({ code: 'none', scanned: true }),
  (error: unknown) => ({ code: errorFacts(error).code, scanned: false }),
);
cancel.abort();
const cancelled = await counting;
await close();
process.stdout.write(`${JSON.stringify({ turnsWhileAppending, acknowledged, cancelled, read: events.length })}\n`);
