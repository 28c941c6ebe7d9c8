import type { Writable } from 'node:stream';

/** Standard output, a line at a time, no faster than it is read. */
export interface Output {
  /** Resolves when more may come. @throws OutputClosed after the reader has gone. */
  line(text: string): Promise<void>;
  /** Hands over what is still held back. @throws OutputClosed */
  flush(): Promise<void>;
}

/** Whoever read our output has gone (`| head -1`): a reason to stop, not a failure. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Lines are handed over in pieces of about this many characters: one system call a line would cost more than reading it. */
const PIECE = 64 * 1024;

export function createOutput(stream: Writable): Output {
  let pieces: string[] = [];
  let held = 0;
  let failure: Error | null = null;
  stream.on('error', (error) => {
    failure ??= asFailure(error);
  });

  const flush = async (): Promise<void> => {
    if (failure) throw failure;
    if (held === 0) return;
    const text = pieces.join('');
    pieces = [];
    held = 0;
    // The callback comes when the system has taken the piece, so at most one waits here however slow the reader is.
    await new Promise<void>((resolve, reject) => {
      stream.write(text, (error) => {
        if (error) reject(failure ?? asFailure(error));
        else resolve();
      });
    });
  };

  return {
    flush,
    async line(text) {
      pieces.push(text, '\n');
      held += text.length + 1;
      if (held >= PIECE) await flush();
    },
  };
}

function asFailure(error: NodeJS.ErrnoException): Error {
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' ? new OutputClosed() : error;
}
