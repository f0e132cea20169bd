-- The SHA-256 of the key that the client encrypts a block with.
ALTER TABLE uncommitted_block ADD COLUMN key_sha256 BLOB NOT NULL DEFAULT x'';
