-- One row a video. Whatever its state, it follows from completes_ms and the clock.
CREATE TABLE video (
  id TEXT NOT NULL PRIMARY KEY,
  completes_ms INTEGER,                -- NULL until it is marked complete.
  asset_id TEXT NOT NULL,              -- Its container is asset-<asset_id>.
  file_id TEXT NOT NULL,
  extension TEXT NOT NULL,
  policy_id TEXT NOT NULL,             -- The stored access policy of the upload URL.
  locator_id TEXT NOT NULL,
  upload_starts_ms INTEGER NOT NULL,
  key_id TEXT,                         -- NULL: not protected.
  input_key BLOB,                      -- NULL: uploaded as it is.
  input_iv BLOB
) STRICT, WITHOUT ROWID;

-- So small that the states of 100,000 videos stay in the cache.
CREATE INDEX video_state ON video (id, completes_ms);

CREATE INDEX video_completion ON video (completes_ms) WHERE completes_ms IS NOT NULL;
