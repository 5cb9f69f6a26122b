# METADATA
# description: Days between dates. WebAssembly here has no clock and no calendar.
package tare.lib.dates

# METADATA
# description: Whole days from one time to another, both as RFC 3339 writes them, by their dates.
# scope: document
between(from, to) := days(to) - days(from)

# Days since 1970-01-01 (https://howardhinnant.github.io/date_algorithms.html#days_from_civil).
days(time) := ((((era * 146097) + (year_of_era * 365)) + floor(year_of_era / 4)) - floor(year_of_era / 100)) + ((day_of_year + number(time, 8, 2)) - 719469) if {
	month := number(time, 5, 2)
	year := number(time, 0, 4) - shift(month).year
	era := floor(year / 400)
	year_of_era := year - (era * 400)
	day_of_year := floor(((153 * (month + shift(month).month)) + 2) / 5)
}

# Years begin in March, so that the leap day is their last.
shift(month) := {"year": 1, "month": 9} if {
	month <= 2
} else := {"year": 0, "month": -3}

number(time, start, length) := to_number(trim_left(substring(time, start, length), "0"))
