ALTER TABLE blob ADD COLUMN type INTEGER NOT NULL DEFAULT 0;  -- 0: block, 1: append, 2: page.

-- Of an append blob: it takes no more blocks.
ALTER TABLE blob ADD COLUMN is_sealed INTEGER NOT NULL DEFAULT 0;

-- Of a page blob.
ALTER TABLE blob ADD COLUMN sequence_number INTEGER NOT NULL DEFAULT 0;
