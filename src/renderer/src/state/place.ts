import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { TrashedRef } from '../../../shared/ipc/contract/topics.ts';

export type View = 'events' | 'replay' | 'charts' | 'fold' | 'health' | 'config' | 'trash' | 'append' | 'chain';
export type Order = 'newest' | 'oldest';

/** Where the person is in the store: what Alt+Left comes back to. */
export interface Location {
  readonly view: View;
  readonly topic: string | null;
  /** The version the cursor is on. */
  readonly version: number | null;
  /** Of the replay: the version of the configuration that is looked at; null: the newest one, whichever that is. */
  readonly configVersion: number | null;
}

/** Which events are shown. Times are nanoseconds since the epoch; `from` inclusive, `to` exclusive; null: no bound. */
export interface EventFilter {
  /** Null: every type. */
  readonly types: readonly string[] | null;
  readonly from: bigint | null;
  readonly to: bigint | null;
}
export const NO_FILTER: EventFilter = { types: null, from: null, to: null };
export const isFiltering = ({ types, from, to }: EventFilter): boolean => types !== null || from !== null || to !== null;

/** What lies in front of the window; one at a time. */
export type DialogState =
  | { readonly kind: 'palette' | 'quick-open' | 'shortcuts' | 'settings' | 'about' | 'unlock' | 'columns' | 'new-topic' | 'health-report' }
  | { readonly kind: 'edit-topic' | 'delete-topic' | 'start-empty'; readonly topic: string; readonly incarnation: number }
  | { readonly kind: 'restore-version'; readonly version: number }
  | { readonly kind: 'restore-topic' | 'purge-topic'; readonly trashed: TrashedRef };

/** The event that others are compared with. */
export interface Marked {
  readonly topic: string;
  readonly incarnation: number;
  readonly version: number;
}

/** Events on their way into the append editor of a topic. */
export interface Handed {
  /** What they are, for the question whether they may replace a draft. */
  readonly name: string;
  /** One JSON object a line, as a batch is written. */
  readonly text: string;
}

/** Where the person is. What is stored comes from react-query; none of it is kept here. */
interface Place extends Location {
  /** The path of the store that this is a place in; null until the person has been brought there. */
  readonly store: string | null;
  readonly order: Order;
  /** Of the topic on the screen. */
  readonly filter: EventFilter;
  readonly marked: Marked | null;
  /** Versions that are selected when the events are shown next; null: none but the one under the cursor. */
  readonly chosen: { readonly first: number; readonly last: number } | null;
  /** The version of the configuration that others are compared with. */
  readonly configMark: number | null;
  /** Follows what is appended. */
  readonly following: boolean;
  readonly dialog: DialogState | null;
  /** The version that the next draft begins as a copy of; null when there is none to copy, or it was copied. */
  readonly template: number | null;
  /** The batch that the draft of the topic is to take; null when there is none, or it was taken. */
  readonly handed: Handed | null;
  readonly past: readonly Location[];
  readonly future: readonly Location[];

  /** Goes somewhere; where the person was is kept for `back`. */
  readonly go: (to: Partial<Location> & { readonly template?: number | null; readonly handed?: Handed | null }) => void;
  readonly back: () => void;
  readonly forward: () => void;
  /** Moves the cursor, which is no place to come back to. */
  readonly select: (version: number | null) => void;
  readonly choose: (chosen: Place['chosen']) => void;
  /** The same in the replay. */
  readonly lookAt: (configVersion: number | null) => void;
  readonly setOrder: (order: Order) => void;
  readonly setFilter: (filter: EventFilter) => void;
  readonly mark: (marked: Marked | null) => void;
  readonly markConfig: (configMark: number | null) => void;
  readonly follow: (following: boolean) => void;
  /** Where the person was when they last left this store: a beginning, not a step. */
  readonly restore: (store: string, to: (Location & { readonly order: Order }) | null) => void;
  readonly openDialog: (dialog: DialogState | null) => void;
  readonly templateCopied: () => void;
  readonly handedTaken: () => void;
  /** Another store: nothing of the last one is kept. */
  readonly leave: () => void;
}

const MOST_PAST = 100;

const START = {
  store: null,
  view: 'events',
  topic: null,
  version: null,
  configVersion: null,
  order: 'newest',
  filter: NO_FILTER,
  marked: null,
  chosen: null,
  configMark: null,
  following: false,
  dialog: null,
  template: null,
  handed: null,
  past: [],
  future: [],
} as const satisfies Partial<Place>;

const locationOf = ({ view, topic, version, configVersion }: Location): Location => ({ view, topic, version, configVersion });

const LOCATION = ['view', 'topic', 'version', 'configVersion'] as const;

/** The filter belongs to its topic, and so does following. */
function arrive(place: Place, to: Location): Partial<Place> {
  return place.topic === to.topic ? to : { ...to, filter: NO_FILTER, following: false, template: null, chosen: null, handed: null };
}

export const usePlace = create<Place>()((set) => ({
  ...START,
  go: ({ template = null, handed = null, ...to }) =>
    set((place) => {
      const here = locationOf(place);
      const there = { ...here, ...(to.topic !== undefined && to.topic !== here.topic ? { version: null } : {}), ...to };
      if (LOCATION.every((member) => there[member] === here[member])) return { template, handed };
      // The first topic of a store is chosen for the person: there is nothing before it to come back to.
      const past = here.topic === null && here.view === 'events' ? place.past : [...place.past, here].slice(-MOST_PAST);
      return { ...arrive(place, there), template, handed, past, future: [] };
    }),
  back: () =>
    set((place) => {
      const to = place.past.at(-1);
      return to ? { ...arrive(place, to), past: place.past.slice(0, -1), future: [locationOf(place), ...place.future] } : {};
    }),
  forward: () =>
    set((place) => {
      const [to, ...future] = place.future;
      return to ? { ...arrive(place, to), past: [...place.past, locationOf(place)], future } : {};
    }),
  select: (version) => set({ version }),
  choose: (chosen) => set({ chosen }),
  lookAt: (configVersion) => set({ configVersion }),
  setOrder: (order) => set({ order }),
  setFilter: (filter) => set({ filter }),
  mark: (marked) => set({ marked }),
  markConfig: (configMark) => set({ configMark }),
  follow: (following) => set({ following }),
  restore: (store, to) => set({ ...START, ...to, store }),
  openDialog: (dialog) => set({ dialog }),
  templateCopied: () => set({ template: null }),
  handedTaken: () => set({ handed: null }),
  leave: () => set(START),
}));

/** Some of it: whoever shows the topic need not render again when the cursor moves. */
export function usePlaceParts<Name extends keyof Place>(...names: readonly Name[]): Pick<Place, Name> {
  return usePlace(useShallow((place) => Object.fromEntries(names.map((name) => [name, place[name]])) as Pick<Place, Name>));
}
