-- One row a video. Whatever its state, it follows from the row and the clock.
CREATE TABLE video (
  id TEXT NOT NULL PRIMARY KEY,
  created INTEGER NOT NULL UNIQUE,     -- Counts up: lists come in this order.
  asset_id TEXT NOT NULL,              -- Its container is asset-<asset_id>.
  file_id TEXT NOT NULL,
  extension TEXT NOT NULL,
  original_name TEXT NOT NULL,
  policy_id TEXT NOT NULL,             -- The stored access policy of the upload URL.
  locator_id TEXT NOT NULL,
  upload_starts_ms INTEGER NOT NULL,
  key_id TEXT,                         -- NULL: not protected.
  input_key BLOB,                      -- NULL: uploaded as it is.
  input_iv BLOB,
  -- 0 Pending, 1 Processing, 2 Completed, 3 Failed: the state that was written down last.
  state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
  next_ms INTEGER,                     -- When time alone ends the step; NULL: it does not.
  polls_left INTEGER,                  -- NULL: polls do not end the step.
  rest TEXT,                           -- The steps behind it, a program in JSON; NULL: none.
  program TEXT,                        -- The video's own, in JSON; NULL: none.
  failure_code INTEGER NOT NULL DEFAULT 0,
  failure_reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- So small that the states of 100,000 videos stay in the cache.
CREATE INDEX video_status ON video (id, state, next_ms, polls_left, failure_code, failure_reason);

CREATE INDEX video_next ON video (next_ms, created) WHERE next_ms IS NOT NULL;

CREATE UNIQUE INDEX video_asset ON video (asset_id);

CREATE UNIQUE INDEX video_key ON video (key_id) WHERE key_id IS NOT NULL;

-- The changes of state that were written down.
CREATE TABLE video_history (
  video_id TEXT NOT NULL REFERENCES video (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,             -- Counts up.
  at_ms INTEGER NOT NULL,
  from_state INTEGER NOT NULL,
  to_state INTEGER NOT NULL,
  PRIMARY KEY (video_id, number)
) STRICT, WITHOUT ROWID;
