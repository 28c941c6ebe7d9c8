import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../scripts/runtime/places.ts';
import { runScript, say, SetupError } from '../scripts/runtime/say.ts';
import type { Bench } from './lib/bench.ts';
import { machine, type Machine } from './lib/machine.ts';
import { readOptions } from './lib/options.ts';
import { isDurable, whyFailed } from './lib/outcome.ts';
import { createReport, markdown, type Report } from './lib/report.ts';
import { isBuilt, SIZES } from './lib/seeded-stores.ts';
import { addOwnVersions } from './lib/versions.ts';
import { appendRows } from './rows/append.ts';
import { bundleRows } from './rows/bundle.ts';
import { concurrentRows } from './rows/concurrent.ts';
import { fileRows } from './rows/files.ts';
import { growthRows } from './rows/growth.ts';
import { interfaceRows } from './rows/interface.ts';
import { keptGapRows } from './rows/kept-gap.ts';
import { loopGapRows } from './rows/loop-gap.ts';
import { storesGapRows } from './rows/stores-gap.ts';
import { threadRows } from './rows/thread.ts';
import { travelGapRows } from './rows/travel-gap.ts';
import { questionRows } from './rows/questions.ts';
import { diskRow, readingRows } from './rows/reading.ts';

/** In the order they are measured in. */
const GROUPS: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  append: appendRows,
  thread: threadRows,
  concurrent: concurrentRows,
  growth: growthRows,
  reading: readingRows,
  questions: questionRows,
  loop: loopGapRows,
  travel: travelGapRows,
  kept: keptGapRows,
  stores: storesGapRows,
  files: fileRows,
  disk: diskRow,
  bundle: bundleRows,
  interface: interfaceRows,
};

/**
 * `npm run bench [-- --size 10k|1m|5m] [--quick] [--json FILE] [--only append,files,…]`: the targets of docs/performance.md,
 * measured in turns against their anchors. Markdown on stdout; 1 when the figures must not be taken, and why on stderr.
 */
runScript(async () => {
  const { quick, json, groups, ...options } = readOptions(process.argv.slice(2), Object.keys(GROUPS));
  const size = options.size ?? (quick && !isBuilt('5m') ? '1m' : '5m');
  // Beside the seeded stores: a folder in memory would flush nothing.
  const folder = mkdtempSync(path.join(cacheFolder(), 'bench-'));
  const report = createReport(say);
  const bench: Bench = {
    report,
    size,
    quick,
    rounds: quick ? { least: 3, most: 6 } : { least: 7, most: 21 },
    scratch: (name) => path.join(folder, name),
  };
  try {
    const system = machine(bench.scratch('fdatasync'));
    addOwnVersions(report);
    for (const name of groups) await runGroup(bench, name);
    const rows = report.rows.toSorted((a, b) => targetOf(a.name) - targetOf(b.name));
    const { missing, versions, synchronous } = report;
    console.log(heading(bench, system));
    console.log(markdown({ rows, missing }));
    if (json !== null) writeFileSync(json, `${JSON.stringify({ size, machine: system, versions, synchronous, rows, missing }, null, 2)}\n`);
    const reasons = whyFailed(report);
    for (const reason of reasons) say(reason);
    return reasons.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A group that fails does not take the figures of the others with it. */
async function runGroup(bench: Bench, name: string): Promise<void> {
  const began = performance.now();
  try {
    await GROUPS[name]!(bench);
    say(`${name} took ${((performance.now() - began) / 1000).toFixed(0)} s`);
  } catch (error) {
    if (!(error instanceof SetupError)) console.error(error);
    bench.report.fail(name, error);
  }
}

/** What belongs to no target comes last. */
const targetOf = (name: string): number => Number.parseInt(name, 10) || Number.MAX_VALUE;

function heading({ size, quick, report }: Bench, { processor, cores, memoryGB, system, load, fdatasyncMs }: Machine): string {
  const names = (of: Report['versions'] | Report['synchronous']): string =>
    Object.entries(of)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  const { versions, synchronous } = report;
  const lines = [
    `Largest store: ${SIZES[size].toLocaleString('en')} events${quick ? ', quick run' : ''}. ${processor}, ${cores} cores, ${memoryGB} GB, ${system}; load ${load}; fdatasync ${fdatasyncMs} ms. ${names(versions)}.`,
    ...(Object.keys(synchronous).length === 0
      ? []
      : [
          `PRAGMA synchronous, read back: ${names(synchronous)} (${isDurable(synchronous) ? 'FULL on every side' : 'NOT the same durability'}).`,
        ]),
    '',
  ];
  return lines.join('\n');
}
