import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RepositoryAdapter } from '../../../src/main/eventstore/ports/event-repository.ts';
import { openTempFolder } from '../../support/temp-folder.ts';
import type { ContractFactory, ContractSubject } from '../subject.ts';

export interface PathSubjectOptions {
  /** The name of the file or folder that an adapter is to keep its data in. */
  readonly place: string;
  readonly damage?: ContractSubject['damage'];
  /** `damage` spoils the whole event, not only its data. */
  readonly damagesAll?: boolean;
}

/** An adapter whose places are paths, in a store's folder that is itself inside the folder being watched. */
export function pathSubject(adapter: RepositoryAdapter, { place, damage, damagesAll = false }: PathSubjectOptions): ContractFactory {
  return async () => {
    const folder = openTempFolder('contract');
    const base = join(folder.path, 'base');
    mkdirSync(base);
    return {
      adapter,
      root: folder.path,
      base,
      connection: place,
      spellings: [`./${place}`, `x/../${place}`, join(base, place)],
      ...(damage ? { damage, damagesAll } : {}),
      dispose: async () => folder.close(),
    };
  };
}
