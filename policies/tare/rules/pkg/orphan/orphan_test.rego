package tare.tests.pkg.orphan_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.orphan as rule

holding(names) := given.image({"base": {"class": "slim"}, "tools": [given.tool(name, "os-package-manager") | some name in names]})

test_manager_beside_its_database_passes if not rule.fail with input as holding(["dpkg"])

test_deleted_manager_fails if rule.fail.message == "There is a database of dpkg, but no such program." with input as holding([])

test_made_without_one_does_not_apply if {
	rule.not_applicable == "Bases of the kind distroless are made without a package manager." with input as given.clean
}

test_other_databases_do_not_count if {
	not rule.fail with input as object.union(holding([]), {"packages": {"managers": ["npm"]}})
}

test_gap_is_unknown if given.outcome("TARE-PKG-005", object.union(given.missing("tools"), {"base": object.union(given.clean.base, {"class": "slim"})})).outcome == "unknown"
