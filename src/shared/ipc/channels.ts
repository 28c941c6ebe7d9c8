/** The channels between a window and main. Names only, so that preload needs nothing else. */
export const INVOKE = 'tidemark.invoke';
export const CANCEL = 'tidemark.cancel';
export const PUSH = 'tidemark.push';

/** Every method, by name. `api.ts` makes the compiler hold this list and the contract to each other. */
export const METHODS = [
  'app.info',
  'app.copyText',
  'app.settings',
  'app.change',
  'app.remember',
  'app.recall',
  'app.showCommands',
  'app.showTitle',
  'app.newWindow',
  'app.openLog',
  'app.notify',
  'stores.current',
  'stores.open',
  'stores.openDialog',
  'stores.createDialog',
  'stores.openDemo',
  'stores.close',
  'topics.list',
  'topics.get',
  'topics.count',
  'topics.summaries',
  'topics.check',
  'topics.create',
  'topics.update',
  'topics.delete',
  'topics.startEmpty',
  'topics.trash',
  'topics.restore',
  'topics.purge',
  'topics.history',
  'events.page',
  'events.get',
  'events.text',
  'events.append',
  'health.get',
] as const;
