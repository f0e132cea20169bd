CREATE TABLE blob_tag (
  blob_id INTEGER NOT NULL REFERENCES blob ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (blob_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX blob_tag_by_value ON blob_tag (name, value);

-- How many it has. Most have none, and are read without looking for them.
ALTER TABLE blob ADD COLUMN tag_count INTEGER NOT NULL DEFAULT 0;
