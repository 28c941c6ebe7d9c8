import { resolve } from 'node:path';
import { createStore, openStore } from '../src/main/compose.ts';
import { seedDemo, type TimeAndIds } from '../src/main/demo/seed-demo.ts';

// Makes a store on disk with the demo's history: `node scripts/seed-demo.ts PATH [fs]`.
const [path, adapter = 'sqlite'] = process.argv.slice(2);
if (path === undefined || (adapter !== 'sqlite' && adapter !== 'fs')) {
  console.error('Usage: node scripts/seed-demo.ts PATH [sqlite|fs]');
  process.exitCode = 2;
} else {
  const place = resolve(path);
  await createStore(place, { adapter });
  let source: TimeAndIds | null = null;
  const { store, close } = await openStore(place, {
    storage: 'inline',
    now: () => source?.now() ?? BigInt(Date.now()) * 1_000_000n,
    newId: () => source?.newId() ?? crypto.randomUUID(),
  });
  await seedDemo(store, (seeding) => (source = seeding));
  await close();
  console.log(`${place} holds the demo's history. Open it: npm start -- ${place}`);
}
