import Database from 'better-sqlite3';

/** Takes the writer's lock of a repository and keeps it until standard input says something or the process dies. */

const [path = ''] = process.argv.slice(2);
const database = new Database(path, { timeout: 0 });
database.exec('BEGIN IMMEDIATE');
process.stdout.write('locked\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
database.exec('ROLLBACK');
database.close();
process.stdin.destroy();
