-- That of the blob, so that a search in a container reads no tags of other ones.
ALTER TABLE blob_tag ADD COLUMN container_id INTEGER NOT NULL DEFAULT 0;
UPDATE blob_tag SET container_id = (SELECT container_id FROM blob WHERE id = blob_id);

DROP INDEX blob_tag_by_value;
CREATE INDEX blob_tag_by_value ON blob_tag (name, value, blob_id);
CREATE INDEX blob_tag_in_container ON blob_tag (container_id, name, value, blob_id);
