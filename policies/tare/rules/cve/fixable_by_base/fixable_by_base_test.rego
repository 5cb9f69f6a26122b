package tare.tests.cve.fixable_by_base_test

import data.tare.lib.image_test as given
import data.tare.rules.cve.fixable_by_base as rule

inheriting(n, digest) := given.image({
	"vulnerabilities": {"inBase": {"high": n, "low": 9}},
	"base": {"outdated": {"currentDigest": digest}},
})

newer := "sha256:2222222222222222222222222222222222222222222222222222222222222222"

test_current_base_passes if not rule.fail with input as inheriting(3, given.clean.base.parent.digest)

test_newer_base_without_findings_passes if not rule.fail with input as inheriting(0, newer)

test_newer_base_fails if {
	rule.fail.message == "3 critical or high ones come from registry.example.com/base/static:12, whose tag names a newer image."
		with input as inheriting(3, newer)
}

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})

test_no_scan_is_unknown if given.outcome("TARE-CVE-003", given.image({"vulnerabilities": {"known": false}})).outcome == "unknown"

test_unknown_build_of_the_base_is_unknown if {
	changed := object.union(inheriting(3, newer), {"base": {"parent": {"digest": null}}})
	rule.unknown with input as changed
	not rule.fail with input as changed
}

test_unknown_origin_is_unknown if {
	given.outcome("TARE-CVE-003", given.image({"vulnerabilities": {"counts": {"high": 2}}})).message == "Whether the base brought them is not known."
}

ungraded(n, digest) := object.union(
	inheriting(0, digest),
	{"vulnerabilities": {"counts": {"unknown": 2}, "inBase": {"unknown": n}}},
)

test_unknown_severity_is_unknown if {
	outcome := given.outcome("TARE-CVE-003", given.image(ungraded(2, newer)))
	outcome.message == "2 vulnerabilities have no known severity."
}

test_unknown_severity_of_what_is_not_of_the_base_passes if {
	given.outcome("TARE-CVE-003", given.image(ungraded(0, newer))).outcome == "pass"
}

test_unknown_severity_in_the_current_base_passes if {
	given.outcome("TARE-CVE-003", given.image(ungraded(2, given.clean.base.parent.digest))).outcome == "pass"
}

test_root_base_does_not_apply if {
	image := given.image({
		"base": {"root": null, "parent": null, "lineage": [], "annotated": null, "boundaries": [], "knownAsBase": ["images"]},
		"layerCount": 1,
	})
	startswith(rule.not_applicable, "The image is a base itself: others are built on it") with input as image
}
