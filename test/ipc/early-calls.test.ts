import { expect, it } from 'vitest';
import { takeCallsEarly } from '../../src/main/ipc/early-calls.ts';
import type { IpcHost } from '../../src/main/ipc/router.ts';
import { CANCEL, INVOKE } from '../../src/shared/ipc/channels.ts';

type Handle = Parameters<IpcHost['handle']>[1];

it('lets calls wait until somebody handles them, each answered once and with what it asked', async () => {
  const handles = new Map<string, Handle>();
  const host: IpcHost = { handle: (channel, listener) => handles.set(channel, listener), on: (channel) => handles.has(channel) };
  const early = takeCallsEarly(host);
  const call = handles.get(INVOKE) as Handle;
  const event = { sender: { id: 1 }, senderFrame: null } as never;
  const answers: unknown[] = [];
  const waiting = ['first', 'second'].map(async (asked) => answers.push(await call(event, asked)));
  await new Promise((resolve) => setImmediate(resolve));
  expect(answers).toEqual([]);

  early.handle(INVOKE, async (from, asked) => [from === event, asked]);
  await Promise.all(waiting);
  expect(answers).toEqual([
    [true, 'first'],
    [true, 'second'],
  ]);
  expect(await call(event, 'later')).toEqual([true, 'later']);
});

it('hands every other channel on as it is', () => {
  const seen: string[] = [];
  const early = takeCallsEarly({ handle: (channel) => seen.push(`handle ${channel}`), on: (channel) => seen.push(`on ${channel}`) });
  early.on(CANCEL, () => {});
  early.handle('another', async () => null);
  expect(seen).toEqual([`handle ${INVOKE}`, `on ${CANCEL}`, 'handle another']);
});
