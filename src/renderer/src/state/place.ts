import { create } from 'zustand';

export type Tab = 'events' | 'health' | 'config';
export type Order = 'newest' | 'oldest';

/** Where the person is. What is stored comes from react-query; none of it is kept here. */
interface Place {
  readonly topic: string | null;
  readonly tab: Tab;
  readonly order: Order;
  /** The version the cursor is on. */
  readonly version: number | null;
  readonly dialog: 'append' | 'new-topic' | null;
  readonly openTopic: (name: string) => void;
  readonly showTab: (tab: Tab) => void;
  readonly setOrder: (order: Order) => void;
  readonly select: (version: number | null) => void;
  readonly openDialog: (dialog: 'append' | 'new-topic' | null) => void;
  /** Another store: nothing of the last one is kept. */
  readonly leave: () => void;
}

const START = { topic: null, tab: 'events', order: 'newest', version: null, dialog: null } as const;

export const usePlace = create<Place>()((set) => ({
  ...START,
  openTopic: (topic) =>
    set((place) =>
      place.topic === topic ? { tab: place.tab === 'health' ? 'events' : place.tab } : { topic, version: null, tab: 'events' },
    ),
  showTab: (tab) => set({ tab }),
  setOrder: (order) => set({ order }),
  select: (version) => set({ version }),
  openDialog: (dialog) => set({ dialog }),
  leave: () => set(START),
}));
