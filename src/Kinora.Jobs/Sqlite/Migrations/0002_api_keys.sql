-- Times are Unix milliseconds. Only a SHA-256 of the secret is here. Scopes: 0 api, 1 admin (the values of ApiKeyScope).
CREATE TABLE api_keys (
  key_id       TEXT    PRIMARY KEY,
  secret_hash  BLOB    NOT NULL,
  alias        TEXT    NOT NULL,
  scope        INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER,
  last_used_at INTEGER,
  revoked_at   INTEGER
) WITHOUT ROWID;
