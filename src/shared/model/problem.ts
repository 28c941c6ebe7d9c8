/** Something a person should know about a store that opens all the same. Codes are listed in docs/errors.md. */
export interface Problem {
  /** kebab-case */
  readonly code: string;
  readonly reason: string;
  readonly version?: number;
  readonly topic?: string;
  /** Relative to the store where it lies inside it. */
  readonly path?: string;
}
