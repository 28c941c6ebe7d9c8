import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Logger } from '../shared/model/logger.ts';
import { createStore, openDemoStore, openStore, type OpenedStore } from './compose.ts';
import { lastWrite } from './discovery/last-write.ts';
import { storeSize } from './discovery/store-size.ts';
import { writeTrouble } from './discovery/write-trouble.ts';
import { foldPlaces } from './fold-places.ts';
import type { Engine } from './ipc/engine.ts';

/** A network disk that is gone can keep a look waiting for minutes. */
const LOOK_MS = 500;

/** Compose's stores as windows open them. */
export function windowEngine(logger: Logger): Engine {
  const open: Engine['open'] = async (path, { configTopic, readOnly }) =>
    withAnyTopic(await openStore(path, { logger, configTopic, readOnly }));
  return {
    open,
    create: async (path, adapter) => {
      await createStore(path, { adapter });
      return open(path, {});
    },
    openDemo: async () => withAnyTopic(await openDemoStore({ logger })),
    identify: (path) => realpath(path).catch(() => resolve(path)),
    disk: { exists, lastWrite, size: storeSize, writeTrouble },
    foldPlaces: foldPlaces(),
  };
}

const withAnyTopic = (opened: OpenedStore) => ({ ...opened, anyTopic: opened.location.topics[0]?.name ?? null });

async function exists(path: string): Promise<boolean> {
  const look = stat(path).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT' && code !== 'ENOTDIR',
  );
  return Promise.race([look, new Promise<boolean>((done) => void setTimeout(() => done(true), LOOK_MS).unref())]);
}
