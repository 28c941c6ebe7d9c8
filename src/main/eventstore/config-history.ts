import type { EventPage } from '../../shared/model/event.ts';
import { MAX_PAGE } from '../../shared/model/event.ts';
import type { EventStore } from './event-store.ts';
import { configSteps, emptyCatalogue, foldCatalogue, type Catalogue, type ConfigChange } from './topic-catalogue.ts';

type ConfigReader = Pick<EventStore, 'configStream' | 'readEvents'>;

/** Replays the configuration topic: each event's change, skipped ones too, with the catalogue after the whole page. */
async function* replay(store: ConfigReader, upTo: number): AsyncGenerator<{ changes: readonly ConfigChange[]; catalogue: Catalogue }> {
  let catalogue = emptyCatalogue;
  let cursor: number | null = 0;
  while (cursor !== null && cursor < upTo) {
    const page: EventPage = await store.readEvents(store.configStream.name, { after: cursor, limit: MAX_PAGE });
    const steps = configSteps(page).filter((step) => ('event' in step ? step.event.version : step.damaged.version) <= upTo);
    const folded = foldCatalogue(catalogue, steps);
    catalogue = folded.catalogue;
    yield { changes: folded.changes, catalogue };
    cursor = page.next;
  }
}

/** What each configuration event changed, in order of version; one page is held at a time. */
export async function* configHistory(store: ConfigReader): AsyncGenerator<ConfigChange> {
  for await (const { changes } of replay(store, Infinity)) yield* changes;
}

/** The catalogue as it was after configuration version `version`. */
export async function catalogueAt(store: ConfigReader, version: number): Promise<Catalogue> {
  let last = emptyCatalogue;
  for await (const { catalogue } of replay(store, version)) last = catalogue;
  return last;
}
