-- What lists of requests need: an order of one owner's jobs, the text that a search looks through, and who is signed in to the pages.

CREATE INDEX jobs_owner ON jobs (owner, seq);

-- Apart from the inputs, which can hold megabytes of pictures, so that a search reads little. Erased with them.
CREATE TABLE job_texts (
  job    INTEGER PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
  folded TEXT NOT NULL,  -- the same in lower case, which the database alone could do for ASCII only
  text   TEXT NOT NULL
);

-- Only SHA-256 hashes of the tokens are here. A session ends with its key. Times are Unix milliseconds.
CREATE TABLE sessions (
  token_hash BLOB    PRIMARY KEY,
  key_id     TEXT    NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX sessions_expiring ON sessions (expires_at);
