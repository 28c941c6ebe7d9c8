import { INVOKE } from '../../shared/ipc/channels.ts';
import type { IpcHost } from './router.ts';

/** A page may call before the program that answers it has been read: from now on its calls wait until they are handled. */
export function takeCallsEarly(host: IpcHost): IpcHost {
  const { promise: handler, resolve } = Promise.withResolvers<Parameters<IpcHost['handle']>[1]>();
  host.handle(INVOKE, async (event, ...args) => (await handler)(event, ...args));
  return {
    handle: (channel, listener) => (channel === INVOKE ? resolve(listener) : host.handle(channel, listener)),
    on: (channel, listener) => host.on(channel, listener),
  };
}
