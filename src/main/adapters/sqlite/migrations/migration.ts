/** One step of the schema. A released step never changes; a new one is a new file and a line in migrations.ts. */
export interface Migration {
  /** The user_version the file has after this step: 1, 2, 3 … without a gap. */
  readonly version: number;
  readonly sql: string;
}
