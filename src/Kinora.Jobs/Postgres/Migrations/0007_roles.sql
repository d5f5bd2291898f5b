-- Which engine a job needs; null: every worker can run it.
ALTER TABLE jobs ADD COLUMN engine text;

-- How many jobs may run at once: of kind 0 in the whole queue (name is empty; 0 is a pause), 1 of an endpoint, 2 of an owner (the values of QueueLimitKind).
-- The name * stands for each one without a limit of its own.
CREATE TABLE queue_limits (
  kind         integer NOT NULL,
  name         text    NOT NULL,
  most_running integer NOT NULL,
  PRIMARY KEY (kind, name)
);
