/**
 * Every refusal and failure of the EventStore is one class with a stable code.
 * Messages may change, codes may not; `docs/errors.md` says what each one means and what to do.
 */
export const ERROR_CODES = [
  'NOT_INITIALIZED',
  'TOPIC_NOT_FOUND',
  'TOPIC_ALREADY_EXISTS',
  'TOPIC_NOT_EMPTY',
  'TOPIC_RESERVED',
  'INVALID_TOPIC_CONFIG',
  'INVALID_TOPIC_NAME',
  'INVALID_EVENT',
  'EVENT_TOO_LARGE',
  'EVENT_ID_CONFLICT',
  'VERSION_CONFLICT',
  'UNKNOWN_ADAPTER',
  'ADAPTER_NOT_AVAILABLE',
  'REPOSITORY_NOT_READY',
  'REPOSITORY_CLOSED',
  'REPOSITORY_FAILED',
  'LEFTOVER_DATA',
  'EXTERNAL_WRITER',
  'STORE_LOCKED',
  'READ_ONLY',
  'STORAGE_FULL',
  'STORAGE_UNAVAILABLE',
  'DAMAGED_EVENT',
  'NOT_A_STORE',
  'FOLD_FAILED',
  'INVALID_INPUT',
  'CANCELLED',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Facts that go with a code: plain data that survives structured clone and JSON. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** An error as it crosses a thread, a process or a terminal. */
export interface ErrorFacts {
  readonly code: ErrorCode;
  /** What happened, why, and what to do, in sentences for a person. */
  readonly message: string;
  readonly details: ErrorDetails;
}

export class EventStoreError extends Error implements ErrorFacts {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'EventStoreError';
    this.code = code;
    this.details = details;
  }
}

/** True when `error` is an EventStoreError, of one of `codes` where any are named. */
export function isEventStoreError(error: unknown, ...codes: readonly ErrorCode[]): error is EventStoreError {
  return error instanceof EventStoreError && (codes.length === 0 || codes.includes(error.code));
}

/** The facts of any thrown value. What is not ours becomes REPOSITORY_FAILED with its own words as the reason. */
export function errorFacts(error: unknown): ErrorFacts {
  if (error instanceof EventStoreError) return { code: error.code, message: error.message, details: error.details };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'REPOSITORY_FAILED', message: `Something failed that should not: ${reason}`, details: { reason } };
}

/** The error that `facts` describe, on the other side of a boundary. */
export function errorFromFacts(facts: ErrorFacts): EventStoreError {
  return new EventStoreError(facts.code, facts.message, facts.details);
}
