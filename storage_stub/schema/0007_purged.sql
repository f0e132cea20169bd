-- Finds what is gone for good; most rows are not in it.
CREATE INDEX blob_by_purge ON blob (purged_ms) WHERE purged_ms IS NOT NULL;
