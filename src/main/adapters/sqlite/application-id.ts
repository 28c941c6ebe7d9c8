/** "Tidm" in the file's header says that a SQLite database is an event store of ours. */
export const APPLICATION_ID = 0x5469646d;
