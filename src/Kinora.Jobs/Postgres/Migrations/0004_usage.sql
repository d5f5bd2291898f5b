-- What completed jobs were worth. No foreign key: bills outlive the jobs that retention deletes. Times are Unix milliseconds; units and
-- prices (US dollars a unit) are whole millionths, so that sums are exact.
CREATE TABLE usage (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job         uuid   NOT NULL UNIQUE,  -- never twice
  owner       text   NOT NULL,
  endpoint    text   NOT NULL,
  at          bigint NOT NULL,
  micro_units bigint NOT NULL,
  micro_price bigint NOT NULL
);

CREATE INDEX usage_at ON usage (at);
CREATE INDEX usage_owner ON usage (owner, at);
