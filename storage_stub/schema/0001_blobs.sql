CREATE TABLE container (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  etag INTEGER NOT NULL,
  last_modified_ms INTEGER NOT NULL,
  UNIQUE (account, name)
) STRICT;

CREATE TABLE container_metadata (
  container_id INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (container_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Stored access policies, in the order they were given. An absent field stands in the URL instead.
CREATE TABLE policy (
  ordinal INTEGER PRIMARY KEY,
  container_id INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
  id TEXT NOT NULL,
  permissions TEXT NOT NULL,
  starts_ms INTEGER,
  expires_ms INTEGER,
  UNIQUE (container_id, id)
) STRICT;

CREATE TABLE blob (
  id INTEGER PRIMARY KEY,
  container_id INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  content_type TEXT NOT NULL,
  content_encoding TEXT NOT NULL,
  content_language TEXT NOT NULL,
  cache_control TEXT NOT NULL,
  content_disposition TEXT NOT NULL,
  md5 BLOB NOT NULL,
  etag INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  last_modified_ms INTEGER NOT NULL,
  -- Of a blob that was made by copying.
  copy_id TEXT,
  copy_source TEXT,
  copied_ms INTEGER,
  -- Whether a client has chosen the tier, which is the account's otherwise.
  tier_is_set INTEGER NOT NULL DEFAULT 0,
  UNIQUE (container_id, name)
) STRICT;

CREATE TABLE blob_metadata (
  blob_id INTEGER NOT NULL REFERENCES blob ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (blob_id, ordinal)
) STRICT, WITHOUT ROWID;

-- What a blob is made of, in order. Several rows may name the same bytes; bytes of the file that no
-- row names are free. Sorted by `start`, the place in the blob, so that a range finds its blocks;
-- empty blocks share a start with the one behind them.
CREATE TABLE committed_block (
  blob_id INTEGER NOT NULL REFERENCES blob ON DELETE CASCADE,
  start INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  block_id TEXT NOT NULL,  -- In base64; empty: all of a Put Blob.
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  crc64 INTEGER NOT NULL,  -- Of the bytes.
  PRIMARY KEY (blob_id, start, ordinal)
) STRICT, WITHOUT ROWID;

-- Blocks that wait for a block list. The blob need not be there yet.
CREATE TABLE uncommitted_block (
  container_id INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
  blob_name TEXT NOT NULL,
  block_id TEXT NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  crc64 INTEGER NOT NULL,
  staged_ms INTEGER NOT NULL,
  PRIMARY KEY (container_id, blob_name, block_id)
) STRICT, WITHOUT ROWID;

-- Sections of the blob service's properties as XML, where they were set.
CREATE TABLE service_property (
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  xml TEXT NOT NULL,
  PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;

-- The last ETag dealt out, so that no two writes share one.
CREATE TABLE last_etag (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  value INTEGER NOT NULL
) STRICT;

INSERT INTO last_etag (id, value) VALUES (1, 0);
