import { openTidemark, type TidemarkBridge } from '../../../shared/ipc/api.ts';

declare global {
  interface Window {
    readonly tidemark: TidemarkBridge;
  }
}

let isLeaving = false;
// Heard before every other listener, being the first: what they send is sent in time.
window.addEventListener('pagehide', () => (isLeaving = true));
window.addEventListener('pageshow', () => (isLeaving = false));

/** Main's functions, with AbortSignals. */
export const tidemark = openTidemark(window.tidemark, { isLeaving: () => isLeaving });
