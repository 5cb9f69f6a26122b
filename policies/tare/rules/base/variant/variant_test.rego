package tare.tests.base.variant_test

import data.tare.lib.image_test as given
import data.tare.rules.base.variant as rule

on(name) := given.image({"base": {
	"parent": {"reference": name},
	"lineage": [],
	"annotated": null,
}})

test_runtime_base_passes if not rule.fail with input as given.clean

test_variants_fail if {
	every name in [
		"eclipse-temurin:21-jdk",
		"gcr.io/distroless/static:debug",
		"cgr.dev/chainguard/go:latest-dev",
		"mcr.example/dotnet/sdk:9.0",
	] {
		rule.fail.message == sprintf("Built on %s.", [name]) with input as on(name)
	}
}

test_word_inside_another_passes if not rule.fail with input as on("example.com/dev/devotee:1")

test_annotated_variant_fails if {
	rule.fail with input as given.image({"base": {"annotated": {"name": "node:24-dev"}}})
}

test_no_name_is_unknown if {
	orphan := given.image({"base": {"root": null, "parent": null, "lineage": [], "annotated": null}})
	given.outcome("TARE-BASE-005", orphan).outcome == "unknown"
}

test_scratch_does_not_apply if rule.not_applicable with input as given.image({"base": {"class": "scratch"}})

test_root_base_does_not_apply if {
	image := given.image({
		"base": {"root": null, "parent": null, "lineage": [], "annotated": null, "boundaries": [], "knownAsBase": ["images"]},
		"layerCount": 1,
	})
	startswith(rule.not_applicable, "The image is a base itself: others are built on it") with input as image
}
