-- The parts of an upload may come to different fronts, so they wait in the blob store: each under a name of its own.
ALTER TABLE upload_parts ADD COLUMN blob text NOT NULL DEFAULT '';

-- The content that alone may still finish the upload. Whoever writes the file must have set it: two fronts never write different content under one name.
ALTER TABLE uploads ADD COLUMN pinned_hash bytea;

-- Sweeps ask whether a blob belongs to an upload.
CREATE INDEX uploads_blob ON uploads (blob);
CREATE INDEX upload_parts_blob ON upload_parts (blob);
