import { elementSpans, memberSpans, type JsonText } from '../../../shared/model/json-text.ts';

/** Names of members by where they stand: '' at the top, `customer.address` further in, `lines[]` for what a list holds. */
export type FieldNames = ReadonlyMap<string, ReadonlySet<string>>;

/** Names a place has, places, levels below the top, elements of a list that are looked into, and characters of a name, at most. */
const MOST_NAMES = 60;
const MOST_PLACES = 300;
const MOST_LEVELS = 5;
const MOST_ELEMENTS = 3;
const MOST_CHARS = 100;

export const placeIn = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);

/** Adds the names of the members of a JSON text, and of what is in them. */
export function addFieldNames(names: Map<string, Set<string>>, text: JsonText, place = '', level = 0): void {
  if (level > MOST_LEVELS || names.size >= MOST_PLACES) return;
  const partOf = ({ start, end }: { readonly start: number; readonly end: number }): JsonText => text.slice(start, end) as JsonText;
  for (const element of (elementSpans(text) ?? []).slice(0, MOST_ELEMENTS)) addFieldNames(names, partOf(element), `${place}[]`, level + 1);
  const members = (memberSpans(text) ?? []).filter(({ key }) => key.length <= MOST_CHARS);
  if (members.length === 0) return;
  const here = names.get(place) ?? new Set();
  names.set(place, here);
  for (const member of members) {
    if (here.size < MOST_NAMES) here.add(member.key);
    // What would be a place of another name, or of a list, has none.
    if (!/^$|[.[\]]/.test(member.key)) addFieldNames(names, partOf(member), placeIn(place, member.key), level + 1);
  }
}
