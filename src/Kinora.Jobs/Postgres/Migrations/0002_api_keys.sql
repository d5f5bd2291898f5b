-- Times are Unix milliseconds. Only a SHA-256 of the secret is here. Scopes: 0 api, 1 admin (the values of ApiKeyScope).
CREATE TABLE api_keys (
  key_id       text    PRIMARY KEY,
  secret_hash  bytea   NOT NULL,
  alias        text    NOT NULL,
  scope        integer NOT NULL,
  created_at   bigint  NOT NULL,
  expires_at   bigint,
  last_used_at bigint,
  revoked_at   bigint
);
