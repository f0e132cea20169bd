CREATE TABLE content_key (
  id TEXT PRIMARY KEY,
  bytes BLOB NOT NULL CHECK (length(bytes) = 16)
) STRICT, WITHOUT ROWID;

-- The one key that all tokens are signed with.
CREATE TABLE signing_key (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  bytes BLOB NOT NULL CHECK (length(bytes) = 64)
) STRICT;
