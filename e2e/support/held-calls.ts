import type { ElectronApplication } from '@playwright/test';

/** Calls that get no answer before they are let go. */
export interface HeldCalls {
  release(): Promise<void>;
}

/** Every call of one IPC method from now on waits, as if main were very slow. */
export async function holdCalls(electron: ElectronApplication, method: string): Promise<HeldCalls> {
  const release = await electron.evaluateHandle(({ ipcMain }, held) => {
    type Invoke = (event: unknown, message: { readonly method: string }) => Promise<unknown>;
    const { _invokeHandlers: handlers } = ipcMain as unknown as { readonly _invokeHandlers: Map<string, Invoke> };
    const whole = handlers.get('tidemark.invoke');
    if (!whole) throw new Error('Nobody answers calls.');
    const { promise, resolve } = Promise.withResolvers<void>();
    handlers.set('tidemark.invoke', async (event, message) => {
      if (message.method === held) await promise;
      return whole(event, message);
    });
    return resolve;
  }, method);
  return { release: () => release.evaluate((resolve) => resolve()) };
}
