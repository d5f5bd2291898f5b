-- job_blobs_job finds the blobs of nobody too, and every index costs each completion.
DROP INDEX job_blobs_orphaned;
