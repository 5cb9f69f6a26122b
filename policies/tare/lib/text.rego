# METADATA
# description: Numbers and names as people read them.
package tare.lib.text

# METADATA
# description: |
#   Bytes with a decimal unit and three significant digits, as every page of Tare shows them. Built from whole numbers, because the
#   engines print fractions differently, and sprintf("%d") is wrong above 2^31 in WebAssembly.
# scope: document
bytes(n) := sprintf("%v B", [n]) if {
	n < 1000
} else := with_unit(n, 1000, "kB") if {
	n < 999500
} else := with_unit(n, 1000000, "MB") if {
	n < 999500000
} else := with_unit(n, 1000000000, "GB")

with_unit(n, unit, name) := sprintf("%v.%v %s", [floor(hundredths / 100), two_digits(hundredths % 100), name]) if {
	n * 1000 < 9995 * unit
	hundredths := rounded(n * 100, unit)
} else := sprintf("%v.%v %s", [floor(tenths / 10), tenths % 10, name]) if {
	n * 100 < 9995 * unit
	tenths := rounded(n * 10, unit)
} else := sprintf("%v %s", [rounded(n, unit), name])

rounded(n, unit) := floor((n + (unit / 2)) / unit)

two_digits(n) := sprintf("0%v", [n]) if {
	n < 10
} else := sprintf("%v", [n])

# METADATA
# description: A share as percent with one digit after the point, rounded down.
# scope: document
percent(share) := sprintf("%v.%v %%", [floor(share * 100), floor(share * 1000) % 10])

# METADATA
# description: A number with its noun, whose plural ends in s.
# scope: document
number(1, noun) := sprintf("1 %s", [noun])

number(n, noun) := sprintf("%v %ss", [n, noun]) if n != 1

# METADATA
# description: The first few of these names, and how many more there are.
# scope: document
names(all) := concat(", ", all) if {
	count(all) <= 5
} else := sprintf("%s and %v more", [concat(", ", array.slice(all, 0, 4)), count(all) - 4])

# METADATA
# description: Who brought these items, as a clause that follows them; empty where no ancestor is known.
# scope: document
brought(items) := text[origin(items)]

text := {
	"base": ", brought by the base",
	"image": ", added above the base",
	"mixed": ", some brought by the base, some added above it",
	"unknown": "",
}

# METADATA
# description: Who brought these items, each with inBase, in one word.
# scope: document
origin(items) := "unknown" if {
	some item in items
	item.inBase == null
} else := "base" if {
	every item in items { item.inBase == true }
} else := "image" if {
	every item in items { item.inBase == false }
} else := "mixed"
