-- Times are Unix milliseconds, lengths bytes. Only SHA-256 hashes of tokens are here. The access rules are JSON that the server reads and this database does not.

-- What is known of a blob besides its content: every finished upload, and the outputs whose request asked for an expiry or for access rules.
CREATE TABLE files (
  blob         text    PRIMARY KEY,
  owner        text    NOT NULL,
  length_bytes bigint  NOT NULL,
  created_at   bigint  NOT NULL,
  expires_at   bigint,                 -- null: it lives as long as its job
  access       text,                   -- null: whoever knows the name
  is_output    boolean NOT NULL
);

CREATE INDEX files_expiring ON files (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX files_outputs ON files (created_at) WHERE is_output;

CREATE TABLE uploads (
  id              text    PRIMARY KEY,
  owner           text    NOT NULL,
  token_hash      bytea   NOT NULL,
  blob            text    NOT NULL,
  content_type    text    NOT NULL,
  is_multipart    boolean NOT NULL,
  announced_bytes bigint,
  closes_at       bigint  NOT NULL,
  lifetime_ms     bigint  NOT NULL,
  access          text,
  content_hash    bytea                -- null while it is open
);

CREATE INDEX uploads_closing ON uploads (closes_at);
CREATE INDEX uploads_open ON uploads (owner) WHERE content_hash IS NULL;

CREATE TABLE upload_parts (
  upload       text    NOT NULL REFERENCES uploads (id) ON DELETE CASCADE,
  number       integer NOT NULL,
  length_bytes bigint  NOT NULL,
  tag          text    NOT NULL,
  PRIMARY KEY (upload, number)
);

CREATE TABLE upload_tokens (
  token_hash bytea  PRIMARY KEY,
  owner      text   NOT NULL,
  expires_at bigint NOT NULL
);

CREATE INDEX upload_tokens_expiring ON upload_tokens (expires_at);

-- What the submit asked for the output's files: JSON that the server reads.
ALTER TABLE jobs ADD COLUMN file_lifecycle text;
