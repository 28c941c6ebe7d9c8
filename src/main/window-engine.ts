import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Logger } from '../shared/model/logger.ts';
import { createStore, openDemoStore, openStore } from './compose.ts';
import type { Engine } from './ipc/engine.ts';

/** Compose's stores as windows open them. */
export function windowEngine(logger: Logger): Engine {
  return {
    open: (path, { configTopic, readOnly }) => openStore(path, { logger, configTopic, readOnly }),
    create: async (path, adapter) => {
      await createStore(path, { adapter });
      return openStore(path, { logger });
    },
    openDemo: () => openDemoStore({ logger }),
    identify: (path) => realpath(path).catch(() => resolve(path)),
  };
}
