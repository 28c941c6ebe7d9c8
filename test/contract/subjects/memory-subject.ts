import type { RepositoryAdapter } from '../../../src/main/eventstore/ports/event-repository.ts';
import { openTempFolder } from '../../support/temp-folder.ts';
import type { ContractFactory } from '../subject.ts';

/** An adapter whose places are labels; the folder is there to see that it stays empty. */
export function memorySubject(adapter: RepositoryAdapter): ContractFactory {
  return async () => {
    const folder = openTempFolder('memory');
    return { adapter, root: folder.path, base: folder.path, connection: 'a label', dispose: async () => folder.close() };
  };
}
