package tare.lib.facts_test

import data.tare.lib.facts
import data.tare.lib.image_test as given

test_nothing_missing if count(facts.gaps({"tools"})) == 0 with input as given.clean

test_gap_of_the_fact_itself if count(facts.gaps({"tools", "size"})) == 1 with input as given.missing("tools")

test_gap_of_a_part if count(facts.gaps({"base"})) == 1 with input as given.missing("base.os")

test_gap_of_the_whole if count(facts.gaps({"base.os"})) == 1 with input as given.missing("base")

test_gap_of_something_else if count(facts.gaps({"tools"})) == 0 with input as given.missing("packages")

test_similar_name_is_something_else if count(facts.gaps({"base"})) == 0 with input as given.missing("baseline")

test_unreadable_layer_concerns_what_is_read_from_layers if {
	count(facts.gaps({"tools"})) == 1 with input as given.missing("layers")
	count(facts.gaps({"image.created"})) == 0 with input as given.missing("layers")
}

test_unreadable_layer_concerns_their_parts if {
	count(facts.gaps({"packages.count", "tools.owned"})) == 1 with input as given.missing("layers")
}

test_field_of_elements_leaves_their_list_whole if {
	count(facts.gaps({"tools"})) == 0 with input as given.missing("tools.owned")
	count(facts.gaps({"layers", "tools"})) == 0 with input as given.missing("layers.mediaType")
	count(facts.gaps({"tools.owned"})) == 1 with input as given.missing("tools.owned")
	count(facts.gaps({"tools.owned"})) == 1 with input as given.missing("tools")
}

test_packages_of_a_language_are_not_counted if {
	count(facts.gaps({"packages.count", "packages.managers"})) == 0 with input as given.missing("packages.items")
	count(facts.gaps({"packages"})) == 1 with input as given.missing("packages.items")
}

test_whole if {
	facts.whole("tools") with input as given.clean
	not facts.whole("tools") with input as given.missing("tools")
}

test_gap_text_names_the_path if {
	facts.gap_text(given.gap("tools")) == "tools could not be read: the file is truncated"
	gap := object.union(given.gap("packages"), {"path": "var/lib/x"})
	facts.gap_text(gap) == "packages (var/lib/x) could not be read: the file is truncated"
}
