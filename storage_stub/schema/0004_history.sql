-- A name can have a blob, snapshots of it and former versions, and these can share their blocks. So
-- the key of a blob has its moment in it, and blocks refer to a content instead of a blob.
CREATE TABLE new_blob (
  id INTEGER PRIMARY KEY,
  container_id INTEGER NOT NULL REFERENCES container ON DELETE CASCADE,
  name TEXT NOT NULL,
  -- When the snapshot or the version was made, numbered like ETags. The highest number: the blob
  -- itself, which is the base of all others of its name.
  moment INTEGER NOT NULL DEFAULT 9223372036854775807,
  kind INTEGER NOT NULL DEFAULT 0,     -- 0: base, 1: snapshot, 2: former version.
  version INTEGER NOT NULL DEFAULT 0,  -- Its number as a version; 0: it is none.
  -- The blocks with that number are its own or, if content_is_shared, may also be those of others
  -- of its name.
  content INTEGER NOT NULL,
  content_is_shared INTEGER NOT NULL DEFAULT 0,
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
  -- Of a blob that was made by copying. copied_ms: when the copy ended.
  copy_id TEXT,
  copy_source TEXT,
  copied_ms INTEGER,
  copy_status INTEGER NOT NULL DEFAULT 0,    -- 0: success, 1: pending, 2: aborted, 3: failed.
  copy_progress INTEGER NOT NULL DEFAULT 0,  -- Bytes; of a copy that did not succeed.
  type INTEGER NOT NULL DEFAULT 0,           -- 0: block, 1: append, 2: page.
  is_sealed INTEGER NOT NULL DEFAULT 0,      -- Of an append blob: it takes no more blocks.
  sequence_number INTEGER NOT NULL DEFAULT 0,  -- Of a page blob.
  tag_count INTEGER NOT NULL DEFAULT 0,      -- Most have none, and are read without looking for them.
  tier INTEGER NOT NULL DEFAULT 0,           -- 0: hot, 1: cool, 2: cold, 3: archive.
  tier_is_set INTEGER NOT NULL DEFAULT 0,    -- Whether a client has chosen it.
  tier_changed_ms INTEGER,
  -- Of an archived blob that is being rehydrated.
  rehydrate_tier INTEGER,
  rehydrated_ms INTEGER,                     -- When it has that tier.
  rehydrate_is_urgent INTEGER NOT NULL DEFAULT 0,
  lease_id TEXT,
  lease_seconds INTEGER,                     -- -1: infinite.
  lease_ends_ms INTEGER,                     -- Of a finite lease.
  lease_broken_ms INTEGER,                   -- When the break is complete.
  key_sha256 BLOB NOT NULL DEFAULT x'',      -- Of the key that the client encrypts it with.
  encryption_scope TEXT NOT NULL DEFAULT '',
  immutable_until_ms INTEGER,
  immutability_mode INTEGER NOT NULL DEFAULT 0,  -- 0: none, 1: unlocked, 2: locked.
  has_legal_hold INTEGER NOT NULL DEFAULT 0,
  -- Of a soft-deleted one.
  deleted_ms INTEGER,
  purged_ms INTEGER,                         -- When it is gone for good.
  UNIQUE (container_id, name, moment)
) STRICT;

CREATE TABLE new_blob_metadata (
  blob_id INTEGER NOT NULL REFERENCES new_blob ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (blob_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE new_blob_tag (
  blob_id INTEGER NOT NULL REFERENCES new_blob ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (blob_id, name)
) STRICT, WITHOUT ROWID;

-- What a content is made of, in order. Several rows may name the same bytes; bytes of the file that
-- no row names are free. Sorted by `start`, the place in the blob, so that a range finds its
-- blocks; empty blocks share a start with the one behind them.
CREATE TABLE new_committed_block (
  content INTEGER NOT NULL,
  start INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  block_id TEXT NOT NULL,  -- In base64; empty: all of a Put Blob, an appended block, pages.
  offset INTEGER NOT NULL,
  length INTEGER NOT NULL,
  crc64 INTEGER NOT NULL,  -- Of the bytes.
  written INTEGER NOT NULL DEFAULT 0,  -- Of pages: the ETag's number of the write; 0: not known.
  PRIMARY KEY (content, start, ordinal)
) STRICT, WITHOUT ROWID;

INSERT INTO new_blob (id, container_id, name, content, size, content_type, content_encoding,
                      content_language, cache_control, content_disposition, md5, etag, created_ms,
                      last_modified_ms, copy_id, copy_source, copied_ms, type, is_sealed,
                      sequence_number, tag_count, tier_is_set)
SELECT id, container_id, name, id, size, content_type, content_encoding, content_language,
       cache_control, content_disposition, md5, etag, created_ms, last_modified_ms, copy_id,
       copy_source, copied_ms, type, is_sealed, sequence_number, tag_count, tier_is_set
FROM blob;

INSERT INTO new_blob_metadata SELECT blob_id, ordinal, name, value FROM blob_metadata;
INSERT INTO new_blob_tag SELECT blob_id, name, value FROM blob_tag;
INSERT INTO new_committed_block (content, start, ordinal, block_id, offset, length, crc64)
SELECT blob_id, start, ordinal, block_id, offset, length, crc64 FROM committed_block;

DROP TABLE committed_block;
DROP TABLE blob_tag;
DROP TABLE blob_metadata;
DROP TABLE blob;

ALTER TABLE new_blob RENAME TO blob;
ALTER TABLE new_blob_metadata RENAME TO blob_metadata;
ALTER TABLE new_blob_tag RENAME TO blob_tag;
ALTER TABLE new_committed_block RENAME TO committed_block;

CREATE INDEX blob_tag_by_value ON blob_tag (name, value);

ALTER TABLE container ADD COLUMN public_access INTEGER NOT NULL DEFAULT 0;  -- 0: none, 1: blobs, 2: all.
ALTER TABLE container ADD COLUMN lease_id TEXT;
ALTER TABLE container ADD COLUMN lease_seconds INTEGER;  -- -1: infinite.
ALTER TABLE container ADD COLUMN lease_ends_ms INTEGER;
ALTER TABLE container ADD COLUMN lease_broken_ms INTEGER;
ALTER TABLE container ADD COLUMN encryption_scope TEXT NOT NULL DEFAULT '';  -- Of its new blobs.
ALTER TABLE container ADD COLUMN denies_scope_override INTEGER NOT NULL DEFAULT 0;
