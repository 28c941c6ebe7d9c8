import { describe, expect, it } from 'vitest';
import { createBridge, type RendererIpc } from '../../src/preload/bridge.ts';
import { openTidemark, replyValue, type TidemarkBridge } from '../../src/shared/ipc/api.ts';
import { CANCEL, INVOKE, PUSH } from '../../src/shared/ipc/channels.ts';

type Fn = (...args: unknown[]) => unknown;

function openTestBridge(
  invoke: (message: { method: string; request: string; input: unknown }) => unknown = () => ({ ok: true, value: null }),
  pathOf: (file: unknown) => string = () => '',
) {
  const sent: unknown[][] = [];
  const listeners = new Map<string, (event: unknown, ...args: unknown[]) => void>();
  const ipc: RendererIpc = {
    invoke: async (channel, message) => {
      sent.push([channel, message]);
      return invoke(message as never);
    },
    send: (channel, message) => sent.push([channel, message]),
    on: (channel, listener) => listeners.set(channel, listener),
  };
  const bridge = createBridge(ipc, pathOf) as Record<string, Fn>;
  const push = (...args: unknown[]): void => listeners.get(PUSH)?.({ sender: 'an event object' }, ...args);
  return { bridge, sent, push };
}

describe('what the preload script gives the page', () => {
  it('is these functions and nothing else, frozen', () => {
    const { bridge } = openTestBridge();
    expect(Object.isFrozen(bridge)).toBe(true);
    expect(Object.entries(bridge).map(([name, value]) => `${typeof value} ${name}(${value.length})`)).toEqual([
      'function appInfo(2)',
      'function appCopyText(2)',
      'function appSettings(2)',
      'function appChange(2)',
      'function appRemember(2)',
      'function appRecall(2)',
      'function appShowCommands(2)',
      'function appShowTitle(2)',
      'function appShowProgress(2)',
      'function appNewWindow(2)',
      'function appOpenLog(2)',
      'function appNotify(2)',
      'function storesCurrent(2)',
      'function storesFailure(2)',
      'function storesDismissFailure(2)',
      'function storesOpen(2)',
      'function storesOpenInNewWindow(2)',
      'function storesOpenDropped(2)',
      'function storesOpenDialog(2)',
      'function storesCreateDialog(2)',
      'function storesOpenDemo(2)',
      'function storesClose(2)',
      'function storesUnlock(2)',
      'function storesLock(2)',
      'function storesStatus(2)',
      'function storesRetry(2)',
      'function storesRecent(2)',
      'function storesPin(2)',
      'function storesForget(2)',
      'function storesFind(2)',
      'function topicsList(2)',
      'function topicsGet(2)',
      'function topicsCount(2)',
      'function topicsSummaries(2)',
      'function topicsCheck(2)',
      'function topicsCreate(2)',
      'function topicsUpdate(2)',
      'function topicsDelete(2)',
      'function topicsStartEmpty(2)',
      'function topicsTrash(2)',
      'function topicsRestore(2)',
      'function topicsPurge(2)',
      'function topicsHistory(2)',
      'function eventsPage(2)',
      'function eventsGet(2)',
      'function eventsText(2)',
      'function eventsCopy(2)',
      'function eventsStage(2)',
      'function eventsAppend(2)',
      'function eventsPickBatch(2)',
      'function draftsList(2)',
      'function draftsLoad(2)',
      'function draftsSave(2)',
      'function draftsRemove(2)',
      'function healthGet(2)',
      'function surveyOverview(2)',
      'function surveyRows(2)',
      'function surveyPlaceOf(2)',
      'function surveyAtTime(2)',
      'function surveyRelated(2)',
      'function surveyFind(2)',
      'function healthReport(2)',
      'function foldOpen(2)',
      'function foldProgress(2)',
      'function foldStop(2)',
      'function foldResume(2)',
      'function foldClose(2)',
      'function foldAround(2)',
      'function foldStateText(2)',
      'function foldFailing(2)',
      'function foldNextFailing(2)',
      'function foldPreviousFailing(2)',
      'function foldBisect(2)',
      'function whatIfOpen(2)',
      'function whatIfChange(2)',
      'function whatIfRows(2)',
      'function whatIfCompare(2)',
      'function whatIfAdded(2)',
      'function savedFoldsList(2)',
      'function savedFoldsLoad(2)',
      'function savedFoldsSave(2)',
      'function savedFoldsRemove(2)',
      'function savedFoldsDraft(2)',
      'function savedFoldsKeepDraft(2)',
      'function savedFoldsImport(2)',
      'function savedFoldsExport(2)',
      'function replayChanges(2)',
      'function replayCatalogue(2)',
      'function replayCompare(2)',
      'function replayPatch(2)',
      'function replayPlan(2)',
      'function replayRestore(2)',
      'function textsSend(2)',
      'function textsMore(2)',
      'function onPush(1)',
      'function cancel(1)',
    ]);
  });

  it('calls its own method only, whatever the page passes', async () => {
    const { bridge, sent } = openTestBridge();
    await bridge['eventsGet']?.({ topic: 't', version: 1 }, { request: 'mine', method: 'stores.close', channel: 'x' });
    await bridge['storesClose']?.('a', { request: 5 }, 'b');
    expect(sent).toEqual([
      [INVOKE, { method: 'events.get', request: 'mine', input: { topic: 't', version: 1 } }],
      [INVOKE, { method: 'stores.close', request: 'call-1', input: 'a' }],
    ]);
  });

  it('hands listeners data and no event object, and stops when told', () => {
    const { bridge, push } = openTestBridge();
    const heard: unknown[][] = [];
    const stop = bridge['onPush']?.((...args: unknown[]) => heard.push(args)) as Fn;
    bridge['onPush']?.(() => {
      throw new Error('a bad listener');
    });
    const more: unknown[][] = [];
    bridge['onPush']?.((...args: unknown[]) => more.push(args));
    push('topic.appended', { topic: 't', latestVersion: 1 }, 'not handed on');
    push({ not: 'a name' }, {});
    stop();
    push('catalogue.changed', {});
    expect(heard).toEqual([['topic.appended', { topic: 't', latestVersion: 1 }]]);
    expect(more).toHaveLength(2);
    expect(bridge['onPush']?.('no function')).toBeTypeOf('function');
  });

  it('sends the path of a file that was dropped, and no path that the page says', async () => {
    const real = {};
    const { bridge, sent } = openTestBridge(undefined, (file) => {
      if (file === null) throw new TypeError('no file');
      return file === real ? '/data/store' : '';
    });
    await bridge['storesOpenDropped']?.({ file: real, newWindow: 'yes', path: '/etc' }, { request: 'mine' });
    expect(sent).toEqual([[INVOKE, { method: 'stores.openDropped', request: 'mine', input: { path: '/data/store', newWindow: false } }]]);
    const hostile = {
      get file() {
        throw new Error('hostile');
      },
    };
    for (const input of ['/etc', { path: '/etc' }, { path: '/etc', file: {} }, { file: null }, null, undefined, hostile]) {
      const reply = await bridge['storesOpenDropped']?.(input);
      expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', details: { field: 'file' } } });
    }
    expect(sent).toHaveLength(1);
  });

  it('cancels by text only', () => {
    const { bridge, sent } = openTestBridge();
    bridge['cancel']?.('mine');
    bridge['cancel']?.({ toString: () => 'x' });
    expect(sent).toEqual([[CANCEL, 'mine']]);
  });

  it.each([
    ['an error', new Error('Could not clone\n    at secret.js:1')],
    ['a text', 'gone'],
    ['nothing', undefined],
    [
      'a thing that throws when it is looked at',
      {
        toString: () => {
          throw new Error('hostile');
        },
      },
    ],
  ])('answers a typed error where %s is thrown', async (_name, thrown) => {
    const { bridge } = openTestBridge(() => {
      throw thrown;
    });
    const reply = await bridge['healthGet']?.({});
    expect(reply).toMatchObject({ ok: false, error: { code: 'REPOSITORY_FAILED', details: {} } });
    expect(JSON.stringify(reply)).not.toContain('secret.js');
  });

  it('answers a typed error where an input throws when it is read', async () => {
    const { bridge } = openTestBridge();
    const options = {
      get request(): never {
        throw new Error('hostile getter');
      },
    };
    await expect(bridge['healthGet']?.({}, options)).resolves.toMatchObject({ ok: false, error: { code: 'REPOSITORY_FAILED' } });
  });
});

describe('the same functions with abort signals', () => {
  it('cancel the call under way by its id', async () => {
    const gate = Promise.withResolvers<unknown>();
    const { bridge, sent } = openTestBridge(() => gate.promise);
    const tidemark = openTidemark(bridge as unknown as TidemarkBridge);
    const controller = new AbortController();
    const call = tidemark.topicsCount({ topic: 't' }, { signal: controller.signal });
    controller.abort();
    const request = (sent[0]?.[1] as { request: string }).request;
    expect(sent[1]).toEqual([CANCEL, request]);
    gate.resolve({ ok: true, value: { events: 1, latestVersion: 1, damaged: 0 } });
    expect(replyValue(await call)).toEqual({ events: 1, latestVersion: 1, damaged: 0 });
  });

  it('make no call where the signal was aborted before, and none of the ids is used twice', async () => {
    const { bridge, sent } = openTestBridge();
    const tidemark = openTidemark(bridge as unknown as TidemarkBridge);
    await expect(tidemark.healthGet({}, { signal: AbortSignal.abort() })).resolves.toMatchObject({
      ok: false,
      error: { code: 'CANCELLED' },
    });
    expect(sent).toEqual([]);
    await Promise.all(Array.from({ length: 100 }, () => tidemark.healthGet({})));
    expect(new Set(sent.map(([, message]) => (message as { request: string }).request)).size).toBe(100);
  });

  it('answer a typed error where the bridge itself throws', async () => {
    const throwing = {
      healthGet: () => {
        throw new TypeError('An object could not be cloned.');
      },
      cancel: () => {},
      onPush: () => () => {},
    };
    const tidemark = openTidemark(throwing as unknown as TidemarkBridge);
    const reply = await tidemark.healthGet({});
    expect(reply).toMatchObject({ ok: false, error: { code: 'REPOSITORY_FAILED' } });
    expect(() => replyValue(reply)).toThrow(expect.objectContaining({ code: 'REPOSITORY_FAILED' }));
  });
});
