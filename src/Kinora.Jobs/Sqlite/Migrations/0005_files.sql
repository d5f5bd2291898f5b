-- Times are Unix milliseconds, lengths bytes. Only SHA-256 hashes of tokens are here. The access rules are JSON that the server reads and this database does not.

-- What is known of a blob besides its content: every finished upload, and the outputs whose request asked for an expiry or for access rules.
CREATE TABLE files (
  blob         TEXT    PRIMARY KEY,
  owner        TEXT    NOT NULL,
  length_bytes INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER,                -- null: it lives as long as its job
  access       TEXT,                   -- null: whoever knows the name
  is_output    INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX files_expiring ON files (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE uploads (
  id              TEXT    PRIMARY KEY,
  owner           TEXT    NOT NULL,
  token_hash      BLOB    NOT NULL,
  blob            TEXT    NOT NULL,
  content_type    TEXT    NOT NULL,
  is_multipart    INTEGER NOT NULL,
  announced_bytes INTEGER,
  closes_at       INTEGER NOT NULL,
  lifetime_ms     INTEGER NOT NULL,
  access          TEXT,
  content_hash    BLOB                 -- null while it is open
) WITHOUT ROWID;

CREATE INDEX uploads_closing ON uploads (closes_at);
CREATE INDEX uploads_open ON uploads (owner) WHERE content_hash IS NULL;

CREATE TABLE upload_parts (
  upload       TEXT    NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
  number       INTEGER NOT NULL,
  length_bytes INTEGER NOT NULL,
  tag          TEXT    NOT NULL,
  PRIMARY KEY (upload, number)
) WITHOUT ROWID;

CREATE TABLE upload_tokens (
  token_hash BLOB    PRIMARY KEY,
  owner      TEXT    NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX upload_tokens_expiring ON upload_tokens (expires_at);

-- What the submit asked for the output's files: JSON that the server reads.
ALTER TABLE jobs ADD COLUMN file_lifecycle TEXT;
