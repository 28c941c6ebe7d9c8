import { EventStoreError } from '../../shared/model/errors.ts';
import type { RepositoryAdapter, RepositoryAdapters } from './ports/event-repository.ts';

const PLANNED = ['postgres', 'blob'];

/** Every adapter a person may hear of, and why it cannot be used; null when it can. */
export function adapterChoices(adapters: RepositoryAdapters): readonly { readonly name: string; readonly refusal: string | null }[] {
  return [
    ...Object.keys(adapters)
      .sort()
      .map((name) => ({ name, refusal: null })),
    ...PLANNED.map((name) => ({ name, refusal: 'Planned, not part of this version.' })),
  ];
}

/** The adapter of this name. Names are case-sensitive, as in the Go original. */
export function findAdapter(adapters: RepositoryAdapters, name: string): RepositoryAdapter {
  const adapter = Object.hasOwn(adapters, name) ? adapters[name] : undefined;
  if (adapter) return adapter;
  const known = Object.keys(adapters).sort().join(', ');
  if (PLANNED.includes(name)) {
    throw new EventStoreError(
      'ADAPTER_NOT_AVAILABLE',
      `The "${name}" adapter is planned but not part of this version, so its topics cannot be opened. Available: ${known}.`,
      { adapter: name },
    );
  }
  throw new EventStoreError('UNKNOWN_ADAPTER', `There is no adapter called "${name}". Available: ${known}.`, { adapter: name });
}
