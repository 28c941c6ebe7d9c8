import { buildAppIfStale } from '../../scripts/runtime/build-app.ts';
import type { Bench } from '../lib/bench.ts';
import { bundleSizes } from '../lib/bundle.ts';
import { addWithinBudget } from '../lib/within-budget.ts';

/** What is shipped and what is read before the first frame, against the budget. */
export async function bundleRows({ report }: Bench): Promise<void> {
  await buildAppIfStale();
  const { startBytes, rendererBytes, mainBytes, preloadBytes } = bundleSizes();
  addWithinBudget(report, 'the page, script and style before the first frame', 'startBytes', startBytes);
  addWithinBudget(report, 'the page in all', 'rendererBytes', rendererBytes);
  addWithinBudget(report, 'main', 'mainBytes', mainBytes);
  addWithinBudget(report, 'the bridge between them', 'preloadBytes', preloadBytes);
}
