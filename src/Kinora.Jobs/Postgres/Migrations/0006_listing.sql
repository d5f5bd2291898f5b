-- What lists of requests need: an order of one owner's jobs, the text that a search looks through, and who is signed in to the pages.

CREATE INDEX jobs_owner ON jobs (owner, seq);

-- Text as it was given and, for the search, in lower case. Apart from the inputs, which can hold megabytes of pictures, so that a search reads little.
-- Erased with them.
CREATE TABLE job_texts (
  job    bigint PRIMARY KEY REFERENCES jobs (seq) ON DELETE CASCADE,
  folded text   NOT NULL,
  text   text   NOT NULL
);

-- Only SHA-256 hashes of the tokens are here. A session ends with its key. Times are Unix milliseconds.
CREATE TABLE sessions (
  token_hash bytea  PRIMARY KEY,
  key_id     text   NOT NULL,
  expires_at bigint NOT NULL
);

CREATE INDEX sessions_expiring ON sessions (expires_at);
