-- Whether a client has chosen the blob's tier, which is the account's otherwise.
ALTER TABLE blob ADD COLUMN tier_is_set INTEGER NOT NULL DEFAULT 0;
