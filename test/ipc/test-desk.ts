import { deserialize, serialize } from 'node:v8';
import { memoryAdapter } from '../../src/main/adapters/memory/memory-adapter.ts';
import { createEventStore, type EventStore } from '../../src/main/eventstore/event-store.ts';
import { foldPlaces } from '../../src/main/fold-places.ts';
import type { Engine, OpenedStore, StoreDisk } from '../../src/main/ipc/engine.ts';
import type { DraftsPort } from '../../src/main/ipc/handlers/drafts.ts';
import { createHandlers } from '../../src/main/ipc/handlers.ts';
import type { SavedFoldsPort } from '../../src/main/ipc/handlers/saved-folds.ts';
import type { AppPort } from '../../src/main/ipc/handlers/app.ts';
import { createLongTexts } from '../../src/main/ipc/long-texts.ts';
import { serveCalls, type IpcHost, type Router } from '../../src/main/ipc/router.ts';
import type { RecentStores } from '../../src/main/ipc/recent-stores.ts';
import type { CallEvent } from '../../src/main/ipc/sender.ts';
import { createSlowSpots } from '../../src/main/ipc/slow-spots.ts';
import type { WindowPort } from '../../src/main/ipc/window-port.ts';
import type { Workspace } from '../../src/main/ipc/workspace.ts';
import { createWorkspaces, type Workspaces } from '../../src/main/ipc/workspaces.ts';
import { openTidemark, type TidemarkBridge } from '../../src/shared/ipc/api.ts';
import { CANCEL, functionName, INVOKE, METHODS } from '../../src/shared/ipc/channels.ts';
import type { DraftPlace } from '../../src/shared/ipc/contract/drafts.ts';
import type { BatchFile } from '../../src/shared/ipc/contract/events.ts';
import type { FoldDraft } from '../../src/shared/ipc/contract/saved-folds.ts';
import type { Answer, Input, Message, Method, Output, Reply } from '../../src/shared/ipc/contract.ts';
import type { Push, Pushes } from '../../src/shared/ipc/pushes.ts';
import { changedSettings, type Settings } from '../../src/shared/ipc/settings.ts';
import { EventStoreError, type ErrorFacts } from '../../src/shared/model/errors.ts';
import { newEventStoreConfig } from '../../src/shared/model/event-store-config.ts';
import { TextParts, type TextFile } from '../../src/shared/model/text-parts.ts';
import type { Logger } from '../../src/shared/model/logger.ts';
import { createTestClock } from '../support/test-clock.ts';
import { createTestIds } from '../support/test-ids.ts';

export const ORIGIN = 'app://tidemark';

/** What a window was told, and what its dialogs will answer. */
export interface TestWindow extends WindowPort {
  readonly id: number;
  readonly workspace: Workspace;
  readonly pushes: { readonly name: Push; readonly payload: Pushes[Push] }[];
  readonly titles: (string | null)[];
  readonly topics: (string | null)[];
  readonly commands: { readonly enabled: readonly string[]; readonly checked: readonly string[] }[];
  readonly notified: string[];
  readonly progress: (number | 'unknown' | null)[];
  readonly counts: { focused: number };
  answers: { path: string | null; batch: BatchFile | null; fold: BatchFile | null };
  readonly exported: { readonly name: string; readonly source: string }[];
  /**
   * A call as the page makes it, through structured clone both ways, in messages that are checked to be short. With a `request`
   * it is one message.
   */
  call<M extends Method>(method: M, input: Input<M>, request?: string): Promise<Reply<Output<M>>>;
  /** The value of a call that must succeed. */
  ask<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  cancel(request: string): void;
}

export interface TestDesk {
  readonly router: Router;
  readonly workspaces: Workspaces;
  readonly logged: string[];
  readonly copied: string[];
  readonly recent: string[];
  /** Stores by path; a path that is not here is NOT_A_STORE. */
  readonly stores: Map<string, () => Promise<OpenedStore>>;
  /** What the system tells of stores' places. */
  readonly disk: { readonly lastWrites: Map<string, number>; writeTrouble: ErrorFacts | null };
  /** Every window so far, also those that were opened by a call. */
  readonly windows: readonly TestWindow[];
  openWindow(): TestWindow;
  /** Sends anything from anyone. */
  send(event: CallEvent, ...args: unknown[]): Promise<Answer>;
  close(): Promise<void>;
}

export interface RealParts {
  readonly drafts?: DraftsPort;
  readonly savedFolds?: SavedFoldsPort;
  readonly engine?: Engine;
  readonly recent?: RecentStores;
  /** The file of events, and the fold, that a person chose. */
  readonly pickBatch?: WindowPort['pickBatch'];
  readonly pickFold?: WindowPort['pickFold'];
}

export interface TestDeskOptions {
  readonly maxInFlight?: number;
  /** Who reads a message does so in a later turn than who wrote it, as from another process. */
  readonly apart?: boolean;
  /** What the application has in the place of maps, lists and stores in memory. */
  readonly real?: RealParts;
}

/** What a message may be, each way. */
const MESSAGE_BYTES = 256 * 1024;

function letter(message: unknown): Buffer {
  const bytes = serialize(message);
  if (bytes.length > MESSAGE_BYTES) throw new Error(`A message of ${bytes.length} bytes: ${JSON.stringify(message).slice(0, 200)}`);
  return bytes;
}

/** As a file is read: in parts, which need not fit into messages. */
function inParts(file: BatchFile | null): TextFile | null {
  const slices = Array.from({ length: Math.ceil((file?.text.length ?? 0) / 200_001) }, (_none, n) => n * 200_001);
  return file && { name: file.name, text: new TextParts(slices.map((start) => file.text.slice(start, start + 200_001))) };
}

export function openTestDesk({ apart = false, real = {}, ...options }: TestDeskOptions = {}): TestDesk {
  const listeners = new Map<string, (event: CallEvent, ...args: unknown[]) => unknown>();
  const host: IpcHost = {
    handle: (channel, listener) => listeners.set(channel, listener),
    on: (channel, listener) => listeners.set(channel, listener),
  };
  const logged: string[] = [];
  const log = (message: string, facts?: unknown): number => logged.push(`${message} ${JSON.stringify(facts)}`);
  const logger: Logger = { debug: log, info: log, warn: log, error: log };
  const stores: TestDesk['stores'] = new Map();
  const copied: string[] = [];
  const recent: string[] = [];
  const pinned = new Set<string>();
  const windows: TestWindow[] = [];
  const settings: Settings = { theme: 'system', times: 'utc', rows: 'compact', dataFont: 12, zoom: 0 };
  const remembered = new Map<string, string>();
  const engine: Engine = real.engine ?? {
    open: async (path, { readOnly }) => {
      const open = stores.get(path.replace('/./', '/'));
      if (!open) throw new EventStoreError('NOT_A_STORE', 'Nothing here.', { looked: ['configs', 'events'] });
      const opened = await open();
      return readOnly === true && opened.readOnly === null ? { ...opened, readOnly: 'it was opened read-only.', byChoice: true } : opened;
    },
    create: async (path) => openMemoryStore(path),
    openDemo: async () => openMemoryStore('/demo'),
    identify: async (path) => path.replace('/./', '/'),
    disk: {
      exists: async (path) => stores.has(path),
      lastWrite: async (path) => disk.lastWrites.get(path) ?? null,
      size: async () => ({ bytes: 2048, isWhole: true }),
      writeTrouble: async () => disk.writeTrouble,
    } satisfies StoreDisk,
    foldPlaces: foldPlaces(),
  };
  const disk: TestDesk['disk'] = { lastWrites: new Map(), writeTrouble: null };
  const workspaces = createWorkspaces({ engine, opened: ({ path }) => recent.push(path), pace: { seen: 5, hidden: 5 } });
  const kept = new Map<string, { readonly place: DraftPlace; readonly text: TextParts }>();
  const keyOf = (store: string, place: DraftPlace): string => `${store} ${place.topic} ${place.incarnation}`;
  const drafts: DraftsPort = {
    list: async (store) => [...kept].filter(([key]) => key.startsWith(`${store} `)).map(([, { place }]) => place),
    load: async (store, place) => ({ text: kept.get(keyOf(store, place))?.text ?? null, note: null }),
    save: async (store, place, text) => void kept.set(keyOf(store, place), { place, text }),
    remove: async (store, place) => void kept.delete(keyOf(store, place)),
  };
  const folds = new Map<string, string>();
  const foldDrafts = new Map<string, FoldDraft>();
  const savedFolds: SavedFoldsPort = {
    list: async (store) => [...folds.keys()].filter((key) => key.startsWith(`${store}/`)).map((key) => key.slice(store.length + 1)),
    load: async (store, name) => folds.get(`${store}/${name}`) ?? null,
    save: async (store, { name, source, was }) => {
      folds.delete(`${store}/${was}`);
      folds.set(`${store}/${name}`, source);
    },
    remove: async (store, name) => void folds.delete(`${store}/${name}`),
    draft: async (store) => foldDrafts.get(store) ?? null,
    keepDraft: async (store, draft) => void foldDrafts.set(store, draft),
  };
  const app: AppPort = {
    info: () => ({ version: '1.2.3', versions: { node: '24' }, platform: 'test', logFile: '/log' }),
    copyText: (text) => void copied.push(text),
    settings: () => settings,
    change: (change) => void Object.assign(settings, changedSettings(settings, change)),
    recall: (prefix) => Object.fromEntries([...remembered].filter(([key]) => key.startsWith(prefix))),
    remember: (key, value) => void (value === null ? remembered.delete(key) : remembered.set(key, value)),
    newWindow: () => {},
    openLog: () => {},
    home: () => '/home/anna',
  };
  const slowSpots = createSlowSpots();
  const texts = createLongTexts();
  const handlers = createHandlers({
    workspaces,
    app,
    slowSpots,
    drafts: real.drafts ?? drafts,
    savedFolds: real.savedFolds ?? savedFolds,
    texts,
    disk: engine.disk,
    newWindow: () => openWindow().workspace,
    recent: real.recent ?? {
      list: () => recent.map((path) => ({ path, kind: null, pinned: pinned.has(path), openedAt: null })),
      pin: (path, on) => void (on ? pinned.add(path) : pinned.delete(path)),
      forget: (path) => void recent.splice(0, recent.length, ...recent.filter((other) => other !== path)),
      replace: (from, to) => void recent.splice(recent.indexOf(from), 1, to),
    },
  });
  const router = serveCalls({ host, origin: ORIGIN, find: workspaces.find, handlers, texts, logger, slow: slowSpots.note, ...options });

  const send = async (event: CallEvent, ...args: unknown[]): Promise<Answer> => {
    const onTheWay = async (): Promise<void> => {
      if (apart) await new Promise((resolve) => setImmediate(resolve));
    };
    const letters = args.map(letter);
    await onTheWay();
    const answer = letter(await listeners.get(INVOKE)?.(event, ...letters.map((bytes): unknown => deserialize(bytes))));
    await onTheWay();
    return deserialize(answer) as Answer;
  };
  let made = 0;
  let calls = 0;

  function openWindow(): TestWindow {
    const id = ++made;
    const event = ownEvent(id);
    const state = {
      pushes: [],
      titles: [],
      topics: [],
      commands: [],
      progress: [],
      notified: [],
      exported: [],
      counts: { focused: 0 },
    } as Pick<TestWindow, 'pushes' | 'titles' | 'topics' | 'commands' | 'progress' | 'notified' | 'exported' | 'counts'>;
    const answers: TestWindow['answers'] = { path: null, batch: null, fold: null };
    const port: WindowPort = {
      push: (name, payload) => void state.pushes.push({ name, payload }),
      focus: () => void state.counts.focused++,
      isVisible: () => true,
      showStore: (name) => void state.titles.push(name),
      showTopic: (name) => void state.topics.push(name),
      showCommands: (states) => void state.commands.push(states),
      showProgress: (progress) => void state.progress.push(progress),
      notify: (title) => void state.notified.push(title),
      pickStore: async () => answers.path,
      pickNewStore: async () => answers.path,
      pickBatch: real.pickBatch ?? (async () => inParts(answers.batch)),
      pickFold: real.pickFold ?? (async () => inParts(answers.fold)),
      saveFold: async (name, source) => {
        if (answers.path !== null) state.exported.push({ name, source });
        return answers.path;
      },
    };
    const workspace = workspaces.add(id, port);
    const cancel = (request: string): void => void listeners.get(CANCEL)?.(event, request);
    const raw =
      (method: string) =>
      (input: unknown, options: Partial<Message> = {}): Promise<Answer> =>
        send(event, { method, request: `r${++calls}`, input, ...options });
    const bridge = { ...Object.fromEntries(METHODS.map((method) => [functionName(method), raw(method)])), cancel, onPush: () => () => {} };
    const page = openTidemark(bridge as unknown as TidemarkBridge) as unknown as Record<string, (input: unknown) => Promise<unknown>>;
    const call = async (method: string, input: unknown, request?: string): Promise<Reply<never>> => {
      const name = functionName(method);
      const ofPage = request === undefined && Object.hasOwn(page, name) && page[name];
      return (await (ofPage ? ofPage(input) : raw(method)(input, { request: request ?? 'r' }))) as Reply<never>;
    };
    const window: TestWindow = {
      ...port,
      ...state,
      id,
      workspace,
      answers,
      call,
      ask: async (method, input) => {
        const reply = await call(method, input);
        if (reply.ok) return reply.value;
        throw new EventStoreError(reply.error.code, reply.error.message, reply.error.details);
      },
      cancel,
    };
    windows.push(window);
    return window;
  }

  return { router, workspaces, logged, copied, recent, stores, disk, windows, openWindow, send, close: () => workspaces.closeAll() };
}

/** A call of the page of window `id` itself. */
export function ownEvent(id: number, frame: Partial<{ url: string; origin: string; parent: unknown }> = {}): CallEvent {
  const senderFrame = { url: `${ORIGIN}/index.html`, origin: ORIGIN, parent: null, ...frame };
  return { sender: { id, mainFrame: senderFrame }, senderFrame };
}

/** A real store on the memory adapter, and how often it was closed. */
export async function openMemoryStore(path: string, wrap: (store: EventStore) => EventStore = (store) => store): Promise<OpenedStore> {
  const store = createEventStore(newEventStoreConfig(), {
    adapters: { memory: memoryAdapter() },
    base: '/',
    now: createTestClock(),
    newId: createTestIds(),
  });
  await store.initialize();
  return {
    store: wrap(store),
    location: { path, kind: 'memory', configStream: store.configStream },
    readOnly: null,
    byChoice: false,
    anyTopic: null,
    close: () => store.close(),
  };
}
