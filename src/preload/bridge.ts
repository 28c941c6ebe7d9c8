import { CANCEL, DROP, functionName, INVOKE, METHODS, PUSH } from '../shared/ipc/channels.ts';

/** What the bridge needs of Electron's ipcRenderer, so that it runs in plain Node too. */
export interface RendererIpc {
  invoke(channel: string, message: unknown): Promise<unknown>;
  send(channel: string, message: unknown): void;
  on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
}

type Call = (input: unknown, options?: { readonly request?: unknown; readonly texts?: unknown }) => Promise<unknown>;
type Listener = (name: string, payload: unknown) => void;

/**
 * The functions the page gets, and nothing else: one a method, `onPush`, `cancel`. No ipcRenderer, no event object and no
 * channel name leaves this file; a call always resolves to a Reply, whatever was thrown on the way.
 * The types for the page are `TidemarkBridge` in shared/ipc/api.ts. `pathOf` answers the path of a file that a person dropped
 * or chose, '' or an error for anything else: the one way on which a path comes from here, and never as the page's text.
 */
export function createBridge(ipc: RendererIpc, pathOf: (file: unknown) => string): Readonly<Record<string, unknown>> {
  const listeners = new Map<number, Listener>();
  let calls = 0;
  let lastListener = 0;

  ipc.on(PUSH, (_event, name, payload) => {
    if (typeof name !== 'string') return;
    for (const listener of listeners.values()) {
      try {
        listener(name, payload);
      } catch {
        // A listener that throws is the page's own fault and must not keep the others from hearing.
      }
    }
  });

  const call = (method: string): Call => {
    return async (input, options) => {
      try {
        const request = typeof options?.request === 'string' ? options.request : `call-${++calls}`;
        const texts = options?.texts;
        return await ipc.invoke(INVOKE, { method, request, input, ...(texts === undefined ? {} : { texts }) });
      } catch (error) {
        return { ok: false, error: { code: 'REPOSITORY_FAILED', message: `The call could not be made: ${reason(error)}`, details: {} } };
      }
    };
  };

  const drop = (send: Call): Call => {
    return async (input, options) => {
      try {
        const { file, newWindow } = input as { readonly file: unknown; readonly newWindow: unknown };
        const path = pathOf(file);
        if (path === '') return NOT_DROPPED;
        return await send({ path, newWindow: newWindow === true }, options);
      } catch {
        return NOT_DROPPED;
      }
    };
  };

  return Object.freeze({
    ...Object.fromEntries(METHODS.map((method) => [functionName(method), method === DROP ? drop(call(method)) : call(method)])),
    onPush: (listener: unknown) => {
      if (typeof listener !== 'function') return () => {};
      const key = ++lastListener;
      listeners.set(key, listener as Listener);
      return () => {
        listeners.delete(key);
      };
    },
    cancel: (request: unknown) => {
      if (typeof request === 'string') ipc.send(CANCEL, request);
    },
  });
}

const NOT_DROPPED = {
  ok: false,
  error: {
    code: 'INVALID_INPUT',
    message: 'What was dropped is no file or folder of this machine. Drop the folder or the file of a store.',
    details: { field: 'file' },
  },
} as const;

/** The first line of what was thrown; also of a thing whose own members throw. */
function reason(error: unknown): string {
  try {
    return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
  } catch {
    return 'for a reason that cannot be shown';
  }
}
