-- On which terms a run was made: earlier versions kept none.
ALTER TABLE IF EXISTS tare_run ADD COLUMN IF NOT EXISTS terms TEXT;
