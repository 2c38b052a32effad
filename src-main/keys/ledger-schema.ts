/** Tables of the key ledger: one row a holder and block, so that two ends never share a row. */

export const ledgerSchema = `
CREATE TABLE IF NOT EXISTS blocks (
  sequence INTEGER PRIMARY KEY,
  holder TEXT NOT NULL,
  peer TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('pass', 'relay')),
  origin TEXT NOT NULL,
  length_bits INTEGER NOT NULL CHECK (length_bits > 0),
  epsilon REAL NOT NULL,
  state TEXT NOT NULL,
  gone TEXT NOT NULL,
  created_utc TEXT NOT NULL,
  note TEXT,
  material BLOB NOT NULL,
  digest TEXT NOT NULL,
  UNIQUE (holder, id)
) STRICT;
CREATE TABLE IF NOT EXISTS pools (
  holder TEXT NOT NULL,
  peer TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('send', 'receive')),
  used_bits INTEGER NOT NULL,
  length_bits INTEGER NOT NULL,
  material BLOB NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (holder, peer, direction)
) STRICT;
CREATE TABLE IF NOT EXISTS announcements (
  id TEXT PRIMARY KEY,
  satellite TEXT NOT NULL,
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  length_bits INTEGER NOT NULL,
  xor_sha256 TEXT NOT NULL,
  announced_utc TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS forwards (
  id TEXT PRIMARY KEY,
  length_bits INTEGER NOT NULL,
  known_to TEXT NOT NULL,
  forwarded_utc TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS retained (
  id TEXT NOT NULL,
  holder TEXT NOT NULL,
  PRIMARY KEY (id, holder)
) STRICT;
CREATE TABLE IF NOT EXISTS uses (
  sequence INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  from_holder TEXT NOT NULL,
  to_holder TEXT NOT NULL,
  file TEXT NOT NULL,
  bits_consumed INTEGER NOT NULL,
  ok INTEGER NOT NULL,
  reason TEXT,
  used_utc TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS log (
  sequence INTEGER PRIMARY KEY,
  utc TEXT NOT NULL,
  holder TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS log_is_append_only_1 BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER IF NOT EXISTS log_is_append_only_2 BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
`
