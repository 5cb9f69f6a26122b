# METADATA
# description: |
#   Numbers and names as people read them.
package tare.lib.text

# METADATA
# description: |
#   Bytes with a decimal unit and three significant digits, as every page of Tare shows them. Built from whole numbers,
#   because the engines print fractions differently.
# scope: document
bytes(n) := concat("", [whole(n), " B"]) if {
	n < 1000
} else := with_unit(n, 1000, "kB") if {
	n < 999500
} else := with_unit(n, 1000000, "MB") if {
	n < 999500000
} else := with_unit(n, 1000000000, "GB")

with_unit(n, unit, name) := concat("", [
	whole(floor(hundredths / 100)),
	".",
	two_digits(hundredths % 100),
	" ",
	name,
]) if {
	n * 1000 < 9995 * unit
	hundredths := rounded(n * 100, unit)
} else := concat("", [
	whole(floor(tenths / 10)),
	".",
	whole(tenths % 10),
	" ",
	name,
]) if {
	n * 100 < 9995 * unit
	tenths := rounded(n * 10, unit)
} else := concat(" ", [whole(rounded(n, unit)), name])

rounded(n, unit) := floor((n + (unit / 2)) / unit)

two_digits(n) := concat("", ["0", whole(n)]) if {
	n < 10
} else := whole(n)

whole(n) := format_int(n, 10)

# METADATA
# description: A share as percent with one digit after the point, rounded down.
# scope: document
percent(share) := concat("", [
	whole(floor(share * 100)),
	".",
	whole(floor(share * 1000) % 10),
	" %",
])

# METADATA
# description: A number with its noun, whose plural ends in s.
# scope: document
number(1, noun) := concat(" ", ["1", noun])

number(n, noun) := concat("", [whole(n), " ", noun, "s"]) if n != 1

# METADATA
# description: The first few of these names, and how many more there are.
# scope: document
names(list) := concat(", ", list) if {
	count(list) <= 5
} else := concat("", [concat(", ", array.slice(list, 0, 4)), " and ", whole(count(list) - 4), " more"])

# METADATA
# description: Who brought these items, as a clause that follows them; empty where no ancestor is known.
# scope: document
brought(items) := clauses[origin(items)]

clauses := {
	"base": ", brought by the base",
	"image": ", added above the base",
	"mixed": ", some brought by the base, some added above it",
	"unknown": "",
}

# METADATA
# description: Who brought these items, each with inBase, in one word.
# scope: document
origin(items) := "unknown" if {
	count(items) == 0
} else := "unknown" if {
	some item in items
	item.inBase == null
} else := "base" if {
	every item in items { item.inBase == true }
} else := "image" if {
	every item in items { item.inBase == false }
} else := "mixed"
