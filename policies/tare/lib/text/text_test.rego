package tare.lib.text_test

import data.tare.lib.text

test_each_size_is_shown if {
	text.bytes(0) == "0 B"
	text.bytes(999) == "999 B"
	text.bytes(1000) == "1.00 kB"
	text.bytes(1999) == "2.00 kB"
	text.bytes(1049) == "1.05 kB"
	text.bytes(6151234) == "6.15 MB"
	text.bytes(9995000) == "10.0 MB"
	text.bytes(24000000) == "24.0 MB"
	text.bytes(250000000) == "250 MB"
	text.bytes(999499999) == "999 MB"
	text.bytes(999500000) == "1.00 GB"
	text.bytes(2147483648) == "2.15 GB"
	text.bytes(987654321012) == "988 GB"
}

test_percent if {
	text.percent(1) == "100.0 %"
	text.percent(0.5) == "50.0 %"
	text.percent(0.9876) == "98.7 %"
}

test_number if {
	text.number(1, "layer") == "1 layer"
	text.number(0, "layer") == "0 layers"
	text.number(21, "layer") == "21 layers"
}

test_names if {
	text.names(["a"]) == "a"
	text.names(["a", "b", "c", "d", "e"]) == "a, b, c, d, e"
	text.names(["a", "b", "c", "d", "e", "f"]) == "a, b, c, d and 2 more"
}

test_origin if {
	text.origin([{"inBase": true}]) == "base"
	text.origin([{"inBase": false}]) == "image"
	text.origin([{"inBase": false}, {"inBase": true}]) == "mixed"
	text.origin([{"inBase": false}, {"inBase": null}]) == "unknown"
}

test_brought if {
	text.brought([{"inBase": true}]) == ", brought by the base"
	text.brought([{"inBase": null}]) == ""
}
