import { openTidemark, type TidemarkBridge } from '../../../shared/ipc/api.ts';

declare global {
  interface Window {
    readonly tidemark: TidemarkBridge;
  }
}

let isLeaving = false;
// Before any other listener of it, so that what they send is sent in time.
window.addEventListener('pagehide', () => (isLeaving = true), { capture: true });
window.addEventListener('pageshow', () => (isLeaving = false), { capture: true });

/** Main's functions, with AbortSignals. */
export const tidemark = openTidemark(window.tidemark, { isLeaving: () => isLeaving });
