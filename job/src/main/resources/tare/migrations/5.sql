-- Tickets in trackers. Those of version 4 are files, of which nothing is remembered here: the tables of version 5 are made afterwards, and nothing is to be done before.
-- What packages came to is matched again, once: it is now kept of which ecosystems feeds are needed. The table of version 5 is made afterwards.
DROP TABLE IF EXISTS tare_match;
