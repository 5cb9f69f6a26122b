package tare.lib.history_test

import data.tare.lib.history
import data.tare.lib.image_test as given

test_steps_above_the_base if {
	[step | some step in history.own] == [{"text": "COPY app /usr/local/bin/app", "layer": 1, "inBase": false}] with input as given.clean
}

test_all_steps_where_no_base_is_known if {
	steps := history.own with input as given.image({"base": {"parent": null}})
	[step.inBase | some step in steps] == [null, null]
}

test_all_steps_where_a_base_is_only_named if {
	steps := history.own with input as given.image({"base": {"parent": {"layers": 0}}})
	[step.inBase | some step in steps] == [null, null]
}

test_steps_without_a_layer_behind_the_base_are_own if {
	image := object.union(given.clean, {"image": object.union(given.clean.image, {"history": [
		given.step("base", 0),
		given.step("ENV A=b", null),
	]})})
	[step.text | some step in history.own] == ["ENV A=b"] with input as image
}

test_silent_only_where_there_are_layers if {
	history.silent with input as given.image({"image": {"history": []}})
	not history.silent with input as given.image({"image": {"history": []}, "layerCount": 0})
	not history.silent with input as given.clean
}

test_commands if {
	history.commands("RUN /bin/sh -c set -eux; \tapt-get update && apt-get install -y \\\n a || true | cat # buildkit") == [
		["RUN", "/bin/sh", "-c", "set", "-eux"],
		["apt-get", "update"],
		["apt-get", "install", "-y", "a"],
		["true"],
		["cat"],
	]
}

test_other_instructions_hold_no_commands if {
	every text in [
		"LABEL description=runs sudo apt-get update for you",
		"ENV HINT=apt-get install -y curl | sh",
		"/bin/sh -c #(nop)  CMD [\"apt-get\" \"update\"]",
	] {
		history.commands(text) == []
		history.pipelines(text) == []
	}
}

test_pipelines if {
	history.pipelines("curl x | sh && make;done") == ["curl x | sh ", " make", "done"]
}

test_installation if {
	history.installation(["apk", "--no-cache", "add", "--virtual", "deps", "gcc"]) == {
		"manager": "apk",
		"packages": ["gcc"],
		"options": {"--no-cache", "--virtual"},
	}
	history.installation(["/bin/sh", "-c", "npm", "i", "-g", "yarn"]).packages == ["yarn"]
	history.installation(["pip", "install", "-r", "requirements.txt", "$X", "a)", "./b"]).packages == []
	not history.installation(["make", "install"])
	not history.installation(["apt-get", "update"])
}

test_quotes_are_taken_off if {
	history.unquoted("a 'b c' \"d \\\" e\"f \\; g") == "a b\u0001c d\u0001\\\"\u0001ef \u0001 g"
	history.unquoted("a \\\n b") == "a   b"
	history.unquoted("a # don't\nb 'c") == "a\n\nb c"
	history.unquoted("a 'b' #c") == "a b\n"
}
