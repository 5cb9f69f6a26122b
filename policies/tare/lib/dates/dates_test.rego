package tare.lib.dates_test

import data.tare.lib.dates

test_days_between if {
	dates.between("2026-11-21T02:00:00Z", "2026-11-21T23:00:00Z") == 0
	dates.between("2024-02-28T00:00:00Z", "2024-03-01T00:00:00Z") == 2
	dates.between("2023-02-28", "2023-03-01") == 1
	dates.between("1999-12-31", "2000-01-01") == 1
	dates.between("1970-01-01", "2026-11-21") == 20778
	dates.between("2000-01-01", "2000-12-31") == 365
}
