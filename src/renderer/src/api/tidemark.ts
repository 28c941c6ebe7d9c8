import { openTidemark, type TidemarkBridge } from '../../../shared/ipc/api.ts';

declare global {
  interface Window {
    readonly tidemark: TidemarkBridge;
  }
}

/** Main's functions, with AbortSignals. */
export const tidemark = openTidemark(window.tidemark);
