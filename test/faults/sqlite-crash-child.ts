import Database from 'better-sqlite3';

/** Dies in the middle of writing to the database, leaving a log (`wal`) or a journal that has to be rolled back (`delete`). */

const [place = '', mode = ''] = process.argv.slice(2);
const db = new Database(place);
db.pragma(`journal_mode = ${mode}`);
if (mode === 'wal') {
  db.exec('UPDATE topics SET config = \'{"name":"orders","adapter":"sqlite","connection":"after","options":{}}\'');
} else {
  // So little cache that unfinished changes go to the file.
  db.pragma('cache_size = 5');
  db.exec('BEGIN IMMEDIATE');
  db.exec("UPDATE events SET data = '\"' || hex(randomblob(2000)) || '\"'");
}
process.kill(process.pid, 'SIGKILL');
