-- Tickets in trackers: version 4 knows files only. The tables of version 5 are made afterwards; those that a process had begun when it was killed, anew.
DROP TABLE IF EXISTS tare_ticket;
DROP TABLE IF EXISTS tare_ticket_comment;
-- What packages came to is matched again, once: it is now kept of which ecosystems feeds are needed.
DROP TABLE IF EXISTS tare_match;
