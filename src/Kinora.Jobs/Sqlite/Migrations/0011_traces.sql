-- The W3C traceparent of the request that submitted the job: the parent of all that becomes of it. Null: nobody traces.
ALTER TABLE jobs ADD COLUMN trace_parent TEXT;
