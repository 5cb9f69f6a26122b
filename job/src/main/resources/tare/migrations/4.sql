-- Feeds of advisories, and what packages were matched with. Runs of version 3 were matched with nothing. The tables of version 4 are made afterwards.
ALTER TABLE IF EXISTS tare_run ADD COLUMN IF NOT EXISTS feeds TEXT;
ALTER TABLE IF EXISTS tare_image ADD COLUMN IF NOT EXISTS matches_id BIGINT;
