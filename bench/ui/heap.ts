import type { ElectronApplication, Page } from '@playwright/test';

/** Bytes of the page's heap once everything that nobody holds has been collected. */
export async function pageHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.enable');
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  } finally {
    await session.detach();
  }
}

/** The same of main's own thread. */
export function mainHeap(app: ElectronApplication): Promise<number> {
  return app.evaluate(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
    collect();
    return process.memoryUsage().heapUsed;
  });
}

/** What the processes hold in memory, in MB, for a note beside a figure: it depends on the system too. */
export async function workingSets(app: ElectronApplication): Promise<string> {
  const metrics = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ type, memory: { workingSetSize } }) => [type, workingSetSize] as const),
  );
  const of = (type: string): number => Math.max(...metrics.flatMap(([name, size]) => (name === type ? size / 1024 : [])));
  return `working set of main ${of('Browser').toFixed(0)} MB, of the page ${of('Tab').toFixed(0)} MB`;
}
