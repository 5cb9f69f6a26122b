-- On which terms a run was made: earlier versions kept none.
ALTER TABLE IF EXISTS tare_run ADD COLUMN IF NOT EXISTS terms TEXT;
-- What trackers were told that cannot be asked: earlier versions told none. The table of version 7 is made afterwards; one that a process had begun when it was killed, anew.
DROP TABLE IF EXISTS tare_ticket_outbox;
