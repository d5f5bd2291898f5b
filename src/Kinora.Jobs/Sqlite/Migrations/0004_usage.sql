-- What completed jobs were worth. No foreign key: bills outlive the jobs that retention deletes. Times are Unix milliseconds; units and
-- prices (US dollars a unit) are whole millionths, so that sums are exact.
CREATE TABLE usage (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  job         TEXT    NOT NULL UNIQUE,  -- never twice
  owner       TEXT    NOT NULL,
  endpoint    TEXT    NOT NULL,
  at          INTEGER NOT NULL,
  micro_units INTEGER NOT NULL,
  micro_price INTEGER NOT NULL
);

CREATE INDEX usage_at ON usage (at);
CREATE INDEX usage_owner ON usage (owner, at);
