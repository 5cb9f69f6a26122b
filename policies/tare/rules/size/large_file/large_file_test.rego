package tare.tests.size.large_file_test

import data.tare.lib.image_test as given
import data.tare.rules.size.large_file as rule

holding(files) := given.image({"size": {"largestFiles": files}})

test_small_files_pass if {
	given.outcome("TARE-SIZE-004", holding([{"path": "/usr/local/bin/app", "bytes": 30000000}])).outcome == "pass"
}

test_large_file_fails if {
	failure := rule.fail with input as holding([{"path": "/models/a.bin", "bytes": 300000000}, {"path": "/b", "bytes": 1}])
	failure.message == "File /models/a.bin has 300 MB; the limit is 200 MB."
	count(failure.evidence.items) == 1
}

test_large_tool_and_database_fail_without_that_fact if {
	rule.fail.evidence.identity == {"/usr/bin/java"}
		with input as given.image({"tools": [object.union(given.tool("java", "runtime"), {"size": 250000000})]})
	rule.fail.evidence.identity == {"/data/a.sqlite"}
		with input as given.image({"state": [{"kind": "database-file", "path": "/data/a.sqlite", "bytes": 250000000}]})
}

test_unmeasured_is_unknown if rule.unknown with input as given.image({"size": {"largestFiles": null}})
