import type { EventRepository, RepositoryLocation } from '../../src/main/eventstore/ports/event-repository.ts';
import type { ContractFactory, ContractSubject } from './subject.ts';

/** What a law works on. */
export interface Bench {
  readonly subject: ContractSubject;
  readonly location: RepositoryLocation;
  /** Opens the place and makes it if it is missing. A second handle, where places are shared, is another writer. */
  open(): Promise<EventRepository>;
  /** Opens the place as it is. */
  openExisting(): Promise<EventRepository>;
  /** Another bench on another fresh place; whoever asks for it closes it. */
  fresh(): Promise<Bench>;
  /** Closes every handle that was opened, then removes the place. */
  close(): Promise<void>;
}

const LOCK_WAIT = 5000;

export async function openBench(factory: ContractFactory): Promise<Bench> {
  const subject = await factory();
  const location = await subject.adapter.locate(subject.connection, subject.base).catch(async (error: unknown) => {
    await subject.dispose();
    throw error;
  });
  const opened: EventRepository[] = [];
  const open = async (create: boolean): Promise<EventRepository> => {
    const repository = await subject.adapter.open(location, { create, lockWait: LOCK_WAIT });
    opened.push(repository);
    return repository;
  };
  return {
    subject,
    location,
    open: () => open(true),
    openExisting: () => open(false),
    fresh: () => openBench(factory),
    async close() {
      try {
        await Promise.all(opened.map((repository) => repository.close()));
      } finally {
        await subject.dispose();
      }
    },
  };
}
