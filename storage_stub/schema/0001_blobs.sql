CREATE TABLE container (
  id INTEGER PRIMARY KEY,
  account TEXT NOT NULL,
  name TEXT NOT NULL,
  etag INTEGER NOT NULL,
  last_modified_ms INTEGER NOT NULL,
  UNIQUE (account, name)
) STRICT;

-- Stored access policies. An absent field stands in the URL instead.
CREATE TABLE policy (
  container_id INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
  id TEXT NOT NULL,
  permissions TEXT NOT NULL,
  starts_ms INTEGER,
  expires_ms INTEGER,
  PRIMARY KEY (container_id, id)
) STRICT, WITHOUT ROWID;

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
  UNIQUE (container_id, name)
) STRICT;

CREATE TABLE metadata (
  blob_id INTEGER NOT NULL REFERENCES blob ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (blob_id, ordinal)
) STRICT, WITHOUT ROWID;

-- Where a blob's bytes are, in order. Bytes of the file that no row names are free.
CREATE TABLE extent (
  blob_id INTEGER NOT NULL REFERENCES blob ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  PRIMARY KEY (blob_id, ordinal)
) STRICT, WITHOUT ROWID;

-- The last ETag dealt out, so that no two writes share one.
CREATE TABLE last_etag (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  value INTEGER NOT NULL
) STRICT;

INSERT INTO last_etag (id, value) VALUES (1, 0);
