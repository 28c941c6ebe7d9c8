/** The channels between a window and main. Names only, so that preload needs nothing else. */
export const INVOKE = 'tidemark.invoke';
export const CANCEL = 'tidemark.cancel';
export const PUSH = 'tidemark.push';
