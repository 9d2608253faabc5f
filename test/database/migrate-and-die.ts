/** A process that migrates a database and kills itself after a given statement. */
import process from 'node:process';
import Database from 'better-sqlite3';
import { migrate, migrations } from '../../src-main/database/migrate.ts';

const [file = '', statement = ''] = process.argv.slice(2);
const database = new Database(file);
database.pragma('journal_mode = WAL');
database.pragma('cache_size = 5');
let left = Number(statement);
database.function('after', () => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
  return null;
});
const watched = migrations.map(({ version, sql }) => ({
  version,
  sql: sql.replace(/;[ ]*$/gm, '; SELECT after();'),
}));
migrate(database, watched);
