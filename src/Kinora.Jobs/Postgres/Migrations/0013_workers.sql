-- The processes that run jobs, as they report themselves twice a minute. Engines are parted by commas; null: all. Times are Unix milliseconds.
CREATE TABLE workers (
  id       text    PRIMARY KEY,
  host     text    NOT NULL,
  version  text    NOT NULL,
  engines  text   ,
  slots    bigint  NOT NULL,
  seen_at  bigint  NOT NULL,
  draining boolean NOT NULL    -- it claims nothing more
);
