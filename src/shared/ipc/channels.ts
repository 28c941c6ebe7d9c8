/** The channels between a window and main. Names only, so that preload needs nothing else. */
export const INVOKE = 'tidemark.invoke';
export const CANCEL = 'tidemark.cancel';
export const PUSH = 'tidemark.push';

/** The one method whose input the preload script makes: of a File, which a page can be given and cannot make up. */
export const DROP = 'stores.openDropped';

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
  'app.showProgress',
  'app.newWindow',
  'app.openLog',
  'app.notify',
  'stores.current',
  'stores.failure',
  'stores.dismissFailure',
  'stores.open',
  'stores.openInNewWindow',
  'stores.openDropped',
  'stores.openDialog',
  'stores.createDialog',
  'stores.openDemo',
  'stores.close',
  'stores.unlock',
  'stores.lock',
  'stores.status',
  'stores.retry',
  'stores.recent',
  'stores.pin',
  'stores.forget',
  'stores.find',
  'topics.list',
  'topics.count',
  'topics.create',
  'events.page',
  'events.get',
  'events.text',
  'events.append',
  'health.get',
  'survey.overview',
  'survey.rows',
  'survey.placeOf',
  'survey.atTime',
  'survey.related',
  'survey.find',
  'health.report',
] as const;
