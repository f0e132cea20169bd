-- Whether media work on the upload is to be done, or is being done.
ALTER TABLE video ADD COLUMN awaits_media INTEGER NOT NULL DEFAULT 0
  CHECK (awaits_media BETWEEN 0 AND 1);

-- Of the upload; 0: not known.
ALTER TABLE video ADD COLUMN duration_ms INTEGER NOT NULL DEFAULT 0;

-- Why there is nothing to play, although media work was done; empty: there is, or none was done.
ALTER TABLE video ADD COLUMN media_problem TEXT NOT NULL DEFAULT '';

CREATE INDEX video_media ON video (created) WHERE awaits_media = 1;

CREATE UNIQUE INDEX video_locator ON video (locator_id);

-- What playback serves of a video, in JSON; its bytes are in the container asset-<locator_id>.
CREATE TABLE media (
  video_id TEXT NOT NULL PRIMARY KEY REFERENCES video (id) ON DELETE CASCADE,
  description TEXT NOT NULL
) STRICT;
