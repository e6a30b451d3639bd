import type { Database } from './sqlite';

/** What each version of the file added; a file of an older version gets what it lacks. */
const versions = [
  `CREATE TABLE messages (
     place INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     domainNodeId TEXT NOT NULL,
     nodeId TEXT NOT NULL,
     operation TEXT NOT NULL,
     input BLOB NOT NULL,
     msg BLOB NOT NULL,
     acceptedAt REAL NOT NULL,
     attempts INTEGER NOT NULL,
     lastSentAt REAL
   ) STRICT;
   CREATE INDEX byDomain ON messages (domainNodeId, place);`,
  `ALTER TABLE messages ADD COLUMN merge INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE messages ADD COLUMN keep INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE messages ADD COLUMN firstSentAt REAL;
   ALTER TABLE messages ADD COLUMN packedWith TEXT;
   ALTER TABLE messages ADD COLUMN notMine TEXT;
   UPDATE messages SET firstSentAt = lastSentAt, packedWith = id WHERE lastSentAt IS NOT NULL;
   CREATE TABLE notes (id TEXT PRIMARY KEY, value BLOB NOT NULL, until REAL NOT NULL) STRICT;`,
  `ALTER TABLE messages ADD COLUMN ended BLOB;
   CREATE TABLE clock (
     id INTEGER PRIMARY KEY CHECK (id = 0),
     fileMs REAL NOT NULL,
     wallMs REAL NOT NULL,
     uptimeMs REAL NOT NULL,
     bootId TEXT NOT NULL,
     wallIsRight INTEGER NOT NULL
   ) STRICT;`,
];

/** Brings the file to today's version. Throws where a newer version of the package wrote it. */
export function migrate(database: Database): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
  if (version > versions.length) throw new NewerFile(version);
  for (const [index, sql] of versions.entries()) {
    if (index < version) continue;
    database.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}

/** The file was written by a newer version of this package. */
class NewerFile extends Error {
  override readonly name = 'NewerFile';

  constructor(version: number) {
    super(`a newer version of this package wrote it, in format ${version}: install that version again`);
  }
}
