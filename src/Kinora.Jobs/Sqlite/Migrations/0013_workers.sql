-- The processes that run jobs, as they report themselves twice a minute. Engines are parted by commas; null: all. Times are Unix milliseconds.
CREATE TABLE workers (
  id       TEXT PRIMARY KEY,
  host     TEXT NOT NULL,
  version  TEXT NOT NULL,
  engines  TEXT,
  slots    INTEGER NOT NULL,
  seen_at  INTEGER NOT NULL,
  draining INTEGER NOT NULL    -- it claims nothing more
) WITHOUT ROWID;
