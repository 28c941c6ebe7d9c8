/** What a call says about who makes it: the parts of Electron's IpcMainInvokeEvent that are looked at. */
export interface CallEvent {
  readonly sender: { readonly id: number; readonly mainFrame?: unknown };
  readonly senderFrame: CallFrame | null;
}

export interface CallFrame {
  readonly url: string;
  readonly origin: string;
  readonly parent: unknown;
}

/**
 * True for the top frame of a page of ours, by exact origin, and for nothing else: no empty URL, no about:blank, no
 * sub-frame, no frame that is gone. `origin` is scheme://host[:port], as `app://tidemark`.
 */
export function isOurFrame(event: CallEvent, origin: string): boolean {
  try {
    const frame = event.senderFrame;
    if (frame === null || typeof frame !== 'object') return false;
    if (frame.parent !== null || event.sender.mainFrame !== frame) return false;
    return frame.origin === origin && isUrlOf(frame.url, origin);
  } catch {
    // A frame that was disposed throws when it is looked at.
    return false;
  }
}

/** By parsed parts, never by prefix: `app://tidemark.evil` and `app://tidemark@evil` are others. */
export function isUrlOf(url: string, origin: string): boolean {
  if (!URL.canParse(url)) return false;
  const given = new URL(url);
  const ours = new URL(origin);
  return given.protocol === ours.protocol && given.host === ours.host && given.username === '' && given.password === '';
}
