package tare.main_test

import data.tare.lib.image_test as given
import data.tare.main

test_every_rule_has_one_outcome if {
	ids := [id | some theme, name; id := data.tare.rules[theme][name].id]
	count(ids) > 0
	sort(ids) == sort([outcome.rule | some outcome in main.report.outcomes]) with input as given.clean
}

test_clean_image_breaks_nothing if {
	report := main.report with input as given.clean
	every outcome in report.outcomes { outcome.outcome in {"pass", "not-applicable"} }
}

test_rule_switched_off_is_not_applicable if {
	outcome := given.outcome("TARE-LAYER-001", given.image({"layerCount": 999}))
		with data.tare.settings.defaults.rules["TARE-LAYER-001"].enabled as false
	outcome.outcome == "not-applicable"
	outcome.message == "Switched off by settings."
}

test_failure_beats_unknown if {
	outcome := given.outcome("TARE-TOOL-001", given.image({
		"tools": [given.tool("bash", "shell")],
		"gaps": [given.gap("tools")],
	}))
	outcome.outcome == "fail"
}

test_unknown_says_why if {
	outcome := given.outcome("TARE-TOOL-001", given.missing("layers"))
	outcome.outcome == "unknown"
	outcome.message == "Not known, because layers could not be read: the file is truncated."
	count(outcome.evidence.gaps) == 1
}
