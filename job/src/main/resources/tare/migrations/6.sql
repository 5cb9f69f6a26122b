-- What images would be on other bases: earlier versions predicted nothing. The table of version 6 is made afterwards; one that a process had begun when it was killed, anew.
DROP TABLE IF EXISTS tare_prediction;
