import { useEffect, useRef, type ReactNode } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import styles from './time-bars.module.css';

/** Counts of equal spans of time, one after another. */
export interface TimeBuckets {
  /** Where the first one begins, nanoseconds since the epoch. */
  readonly from: bigint;
  /** How long each is, in nanoseconds; at least 1. */
  readonly step: bigint;
  readonly counts: readonly number[];
  /** Of each, those that are picked out; drawn over the others. */
  readonly picked: readonly number[] | null;
}

interface TimeBarsProps {
  /** What the picture says, in words: it cannot be read by everybody. */
  readonly label: string;
  readonly buckets: TimeBuckets;
  readonly zone: 'utc' | 'local';
  /** A span of time that is marked; null: none. */
  readonly marked: { readonly from: bigint; readonly to: bigint } | null;
  /** A span was drawn with the mouse. */
  readonly onBrush: (from: bigint, to: bigint) => void;
}

const HEIGHT = 180;
const NS_PER_S = 1e9;
/** Shorter than this on the screen, a drag is a click. */
const LEAST_BRUSH_PX = 4;

/** Bars over time, as many as there are buckets. Dragging across them picks a span. */
export function TimeBars({ label, buckets, zone, marked, onBrush }: TimeBarsProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const probe = useRef<HTMLSpanElement>(null);
  const brush = useRef(onBrush);
  useEffect(() => {
    brush.current = onBrush;
  });

  useEffect(() => {
    const element = box.current;
    if (!element || !probe.current) return undefined;
    const colours = readColours(probe.current);
    const chart = new uPlot(
      chartOptions(element.clientWidth, buckets, zone, marked, colours, (from, to) => brush.current(from, to)),
      chartData(buckets),
      element,
    );
    const resize = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    const scheme = window.matchMedia('(prefers-color-scheme: dark)');
    const recolour = (): void => {
      if (probe.current) Object.assign(colours, readColours(probe.current));
      chart.redraw(false, true);
    };
    scheme.addEventListener('change', recolour);
    return () => {
      scheme.removeEventListener('change', recolour);
      resize.disconnect();
      chart.destroy();
    };
  }, [buckets, zone, marked]);

  return (
    <figure className={styles['figure']}>
      <div ref={box} className={styles['box']} role="img" aria-label={label} />
      <span ref={probe} className={styles['probe']} aria-hidden />
    </figure>
  );
}

interface Colours {
  text: string;
  grid: string;
  all: string;
  picked: string;
  marked: string;
}

/** A canvas knows no variables: an element is coloured with each, and asked. */
function readColours(probe: HTMLElement): Colours {
  const read = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  return {
    text: read('--text-2'),
    grid: read('--border'),
    all: read('--control-border'),
    picked: read('--accent'),
    marked: read('--selected'),
  };
}

function chartData({ from, step, counts, picked }: TimeBuckets): uPlot.AlignedData {
  const start = Number(from) / NS_PER_S;
  const length = Number(step) / NS_PER_S;
  const times = counts.map((_, index) => start + index * length);
  return [times, [...counts], picked === null ? counts.map(() => null) : [...picked]];
}

function chartOptions(
  width: number,
  { from, step, counts }: TimeBuckets,
  zone: 'utc' | 'local',
  marked: TimeBarsProps['marked'],
  colours: Colours,
  onBrush: TimeBarsProps['onBrush'],
): uPlot.Options {
  const bars = uPlot.paths.bars?.({ size: [0.86, Infinity], align: 1 });
  const start = Number(from) / NS_PER_S;
  const end = start + (counts.length * Number(step)) / NS_PER_S;
  const axis = {
    stroke: () => colours.text,
    font: '11px "Inter Variable", system-ui, sans-serif',
    grid: { stroke: () => colours.grid, width: 1 },
    ticks: { stroke: () => colours.grid, width: 1, size: 4 },
  };
  const series = (colour: keyof Colours): uPlot.Series => ({
    ...(bars === undefined ? {} : { paths: bars }),
    fill: () => colours[colour],
    stroke: () => colours[colour],
    width: 0,
    points: { show: false },
  });
  return {
    width: Math.max(1, width),
    height: HEIGHT,
    ms: 1e-3,
    legend: { show: false },
    tzDate: (seconds) => (zone === 'utc' ? uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') : new Date(seconds * 1000)),
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false } },
    scales: { x: { time: true, range: () => [start, end] }, y: { range: (_chart, _min, max) => [0, Math.max(1, max)] } },
    axes: [
      { ...axis, size: 34, values: TIME_LABELS },
      { ...axis, size: 56, incrs: WHOLE_STEPS, values: (_chart, ticks) => ticks.map((tick) => COMPACT.format(tick)) },
    ],
    series: [{}, series('all'), series('picked')],
    hooks: {
      drawClear: [(chart) => drawMarked(chart, marked, colours.marked)],
      setSelect: [
        (chart) => {
          const { left, width: drawn } = chart.select;
          if (drawn < LEAST_BRUSH_PX) return;
          const at = (px: number): bigint =>
            from + (step * BigInt(Math.round(((chart.posToVal(px, 'x') - start) / (end - start)) * counts.length * 1000))) / 1000n;
          chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          onBrush(at(left), at(left + drawn));
        },
      ],
    },
  };
}

const DAY = 86_400;
/** By the time between two labels: what each says, and what it adds where year, month or day are new. */
const TIME_LABELS: (string | number | null)[][] = [
  [365 * DAY, '{YYYY}', null, null, null, null, null, null, 1],
  [28 * DAY, '{MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [DAY, '{D} {MMM}', '\n{YYYY}', null, null, null, null, null, 1],
  [60, '{HH}:{mm}', '\n{D} {MMM} {YYYY}', null, '\n{D} {MMM}', null, null, null, 1],
  [1, '{HH}:{mm}:{ss}', '\n{D} {MMM} {YYYY}', null, '\n{D} {MMM}', null, null, null, 1],
  [0.001, '{ss}.{fff}', '\n{D} {MMM} {YYYY} {HH}:{mm}', null, '\n{D} {MMM} {HH}:{mm}', null, '\n{HH}:{mm}', null, 1],
];

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
/** There are no half events. */
const WHOLE_STEPS = [1, 2, 5].flatMap((digit) => Array.from({ length: 10 }, (_, power) => digit * 10 ** power)).toSorted((a, b) => a - b);

function drawMarked(chart: uPlot, marked: TimeBarsProps['marked'], colour: string): void {
  if (marked === null) return;
  const { ctx, bbox } = chart;
  const left = Math.max(bbox.left, chart.valToPos(Number(marked.from) / NS_PER_S, 'x', true));
  const right = Math.min(bbox.left + bbox.width, chart.valToPos(Number(marked.to) / NS_PER_S, 'x', true));
  if (right <= left) return;
  ctx.save();
  ctx.fillStyle = colour;
  ctx.fillRect(left, bbox.top, right - left, bbox.height);
  ctx.restore();
}
