import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../scripts/runtime/places.ts';
import { runScript, say, SetupError } from '../scripts/runtime/say.ts';
import type { Bench } from './lib/bench.ts';
import { machine, versions } from './lib/machine.ts';
import { createReport, markdown } from './lib/report.ts';
import { isBuilt, SIZES, type Size } from './lib/seeded-stores.ts';
import { appendRows } from './rows/append.ts';
import { concurrentRows } from './rows/concurrent.ts';
import { fileRows } from './rows/files.ts';
import { growthRows } from './rows/growth.ts';
import { interfaceRows } from './rows/interface.ts';
import { keptGapRows } from './rows/kept-gap.ts';
import { loopGapRows } from './rows/loop-gap.ts';
import { storesGapRows } from './rows/stores-gap.ts';
import { travelGapRows } from './rows/travel-gap.ts';
import { questionRows } from './rows/questions.ts';
import { diskRow, readingRows } from './rows/reading.ts';

/** More noisy rows than this and the run says nothing. */
const MOST_NOISY = 2;

/**
 * `npm run bench [-- --size 10k|1m|5m] [--quick] [--json FILE] [--only append,files,…]`: the targets of docs/performance.md,
 * measured in turns against their anchors. Markdown on stdout; 1 when more than two rows are too noisy to be judged.
 */
runScript(async () => {
  const { values } = parseArgs({
    options: { size: { type: 'string' }, quick: { type: 'boolean', default: false }, json: { type: 'string' }, only: { type: 'string' } },
  });
  const size = values.size ?? (values.quick && !isBuilt('5m') ? '1m' : '5m');
  if (!isSize(size)) throw new SetupError(`--size is one of ${Object.keys(SIZES).join(', ')}, not ${size}.`);
  // Beside the seeded stores: a folder in memory would flush nothing.
  const folder = mkdtempSync(path.join(cacheFolder(), 'bench-'));
  const report = createReport(say);
  const bench: Bench = {
    report,
    size,
    quick: values.quick,
    rounds: values.quick ? { least: 3, most: 6 } : { least: 7, most: 21 },
    scratch: (name) => path.join(folder, name),
  };
  try {
    const facts = { machine: machine(bench.scratch('fdatasync')), versions: versions() };
    let synchronous: Readonly<Record<string, number>> = {};
    const groups: Readonly<Record<string, () => Promise<void>>> = {
      append: async () => void (synchronous = await appendRows(bench)),
      concurrent: () => concurrentRows(bench),
      growth: () => growthRows(bench),
      reading: () => readingRows(bench),
      questions: () => questionRows(bench),
      loop: () => loopGapRows(bench),
      travel: () => travelGapRows(bench),
      kept: () => keptGapRows(bench),
      stores: () => storesGapRows(bench),
      files: () => fileRows(bench),
      disk: () => diskRow(bench),
      interface: () =>
        interfaceRows(bench).catch((error: unknown) =>
          report.skip('13 the window', error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)),
        ),
    };
    for (const [name, run] of Object.entries(groups)) {
      if (values.only && !values.only.split(',').includes(name)) continue;
      const began = performance.now();
      await run();
      say(`${name} took ${((performance.now() - began) / 1000).toFixed(0)} s`);
    }
    const rows = report.rows.toSorted((a, b) => Number.parseInt(a.name, 10) - Number.parseInt(b.name, 10));
    const table = { rows, missing: report.missing };
    console.log(heading(size, values.quick, facts, synchronous));
    console.log(markdown(table));
    if (values.json) writeFileSync(values.json, `${JSON.stringify({ size, ...facts, synchronous, ...table }, null, 2)}\n`);
    const noisy = rows.filter(({ verdict }) => verdict === 'noisy').length;
    if (noisy > MOST_NOISY) say(`${noisy} rows are too noisy to be judged: the machine is busy with something else`);
    return noisy > MOST_NOISY ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

function isSize(text: string): text is Size {
  return Object.hasOwn(SIZES, text);
}

function heading(
  size: Size,
  quick: boolean,
  facts: { readonly machine: ReturnType<typeof machine>; readonly versions: ReturnType<typeof versions> },
  synchronous: Readonly<Record<string, number>>,
): string {
  const { processor, cores, memoryGB, system, load, fdatasyncMs } = facts.machine;
  const names = (of: object): string =>
    Object.entries(of)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ');
  const both = Object.values(synchronous);
  const same = both.length > 0 && both.every((value) => value === 2);
  return [
    `Largest store: ${SIZES[size].toLocaleString('en')} events${quick ? ', quick run' : ''}. ${processor}, ${cores} cores, ${memoryGB} GB, ${system}; load ${load}; fdatasync ${fdatasyncMs} ms. ${names(facts.versions)}.`,
    both.length === 0
      ? ''
      : `PRAGMA synchronous, read back: ${names(synchronous)} (${same ? 'FULL on every side' : 'NOT the same durability'}).`,
    '',
  ].join('\n');
}
