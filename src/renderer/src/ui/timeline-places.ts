import { count } from './format.ts';

export interface TimelineMark {
  readonly at: number;
  readonly kind: 'problem' | 'mark';
  /** One or two letters; also read out in `title`. */
  readonly letter: string;
  readonly title: string;
  /** How many more it stands for, which lie behind it and near; 0. */
  readonly others?: number;
}

/** Ticks nearer to one another than this part of the line would be one grey bar. */
const TICK_APART = 1 / 400;
const MARK_APART = 1 / 80;

/** Where each step lies on the line, 0 to 1; null: evenly. Never falling. */
type Places = readonly number[] | null;

export function placeOf(step: number, last: number, places: Places): number {
  return places ? (places[step] ?? 1) : last === 0 ? 1 : step / last;
}

/** A tick for every step, where they can be told apart; of those that cannot, one. */
export function tickPlaces(last: number, places: Places): readonly number[] {
  // A million even steps are as many ticks as fit, without a look at each step.
  if (places === null && last > 1 / TICK_APART) return Array.from({ length: 1 / TICK_APART + 1 }, (_none, index) => index * TICK_APART);
  const ticks: number[] = [];
  for (let step = 0; step <= last; step++) {
    const place = placeOf(step, last, places);
    if (ticks.length === 0 || place - (ticks.at(-1) ?? 0) >= TICK_APART) ticks.push(place);
  }
  return ticks;
}

interface PlacedMark extends Omit<TimelineMark, 'at' | 'others'> {
  readonly place: number;
}

/** Marks of one kind that would cover each other are one, which says how many it stands for. */
export function marksApart(marks: readonly TimelineMark[], last: number, places: Places): readonly PlacedMark[] {
  const shown: (PlacedMark & { readonly others: number })[] = [];
  for (const { at, others = 0, ...mark } of marks) {
    const place = placeOf(at, last, places);
    const index = shown.findLastIndex((other) => other.kind === mark.kind);
    const before = shown[index];
    if (before && place - before.place < MARK_APART) shown[index] = { ...before, others: before.others + others + 1 };
    else shown.push({ ...mark, place, others });
  }
  return shown.map(({ others, ...mark }) => (others === 0 ? mark : { ...mark, title: `${mark.title} (and ${count(others)} more nearby)` }));
}

/** The step whose place is next to a place on the line. */
export function nearest(place: number, last: number, places: Places): number {
  if (places === null) return Math.round(place * last);
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 1) < place) low = middle + 1;
    else high = middle;
  }
  return low > 0 && place - (places[low - 1] ?? 0) < (places[low] ?? 1) - place ? low - 1 : low;
}
