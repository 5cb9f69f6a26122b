package tare.lib.bases_test

import data.tare.lib.bases
import data.tare.lib.image_test as given

test_scratch if {
	bases.scratch with input as given.image({"base": {"class": "scratch"}})
	not bases.scratch with input as given.clean
}

test_names_of_sufficient_confidence if {
	bases.names(0.5) == {"registry.example.com/base/static:12"} with input as given.clean
	bases.names(0.5) == set() with input as given.image({"base": {
		"root": null,
		"parent": null,
		"lineage": [object.union(given.clean.base.parent, {"confidence": 0.3})],
	}})
}

test_fits if {
	bases.fits("r/base/a:1", "r/base/a:1")
	bases.fits("r/base/a:1", "r/base/*")
	bases.fits("r/base/a:1-slim", "r/*-slim")
	bases.fits("anything", "*")
	not bases.fits("r/other/a:1", "r/base/*")
	not bases.fits("ab", "ab*b")
	not bases.fits("r/base/a:1", "r/base/a")
}

test_words if {
	bases.words("docker.io/library/eclipse-temurin:21-jdk-alpine@sha256:0") == {"eclipse", "temurin", "21", "jdk", "alpine"}
	bases.words("debug.example.com:5000/dev/app") == {"app"}
}

test_os_is_named_as_it_names_itself if {
	bases.os_in_brackets == " (Debian GNU/Linux 12 (bookworm))" with input as given.clean
	bases.os_in_brackets == " (debian 12)" with input as given.image({"base": {"os": {"prettyName": null}}})
	bases.os_in_brackets == " (debian)" with input as given.image({"base": {"os": {"prettyName": null, "versionId": null}}})
	bases.os_in_brackets == "" with input as given.image({"base": {"os": null}})
}

test_registry_of_a_name if {
	bases.registry("debian:12") == "docker.io"
	bases.registry("library/debian:12") == "docker.io"
	bases.registry("localhost/a") == "localhost"
	bases.registry("registry:5000/a/b:1") == "registry:5000"
	bases.registry("ghcr.io/a/b@sha256:0") == "ghcr.io"
}

test_nearest_with_ties if {
	names := {ancestor.reference | some ancestor in bases.nearest(0.5)} with input as given.image({"base": {
		"root": null,
		"parent": null,
		"lineage": [
			object.union(given.clean.base.parent, {"reference": "root", "layers": 1}),
			object.union(given.clean.base.parent, {"reference": "a", "layers": 2}),
			object.union(given.clean.base.parent, {"reference": "b", "layers": 2}),
			object.union(given.clean.base.parent, {"reference": "doubtful", "layers": 3, "confidence": 0.2}),
		],
	}})
	names == {"a", "b"}
}

root_base(by) := object.union(given.clean, {
	"base": object.union(given.clean.base, {
		"root": null,
		"parent": null,
		"lineage": [],
		"annotated": null,
		"boundaries": [],
		"knownAsBase": by,
	}),
	"layerCount": 1,
})

with_base(image, base) := object.union(image, {"base": object.union(image.base, base)})

test_root_that_carries_images if {
	contains(bases.root, "others are built on it") with input as root_base(["images"])
	not bases.root with input as root_base([])
	not bases.root with input as object.remove(root_base([]), ["base"])
}

test_layers_of_an_unknown_base_look_like_its_own if {
	image := object.union(root_base(["images"]), {"layerCount": 2})
	not bases.root with input as image
}

test_catalogue_is_somebodys_word if {
	image := object.union(root_base(["catalogue", "images"]), {"layerCount": 2})
	contains(bases.root, "base catalogue") with input as image
}

test_what_shows_an_image_below_makes_it_no_root if {
	image := root_base(["catalogue", "images"])
	bases.root with input as image
	not bases.root with input as with_base(image, {"parent": given.clean.base.parent})
	not bases.root with input as with_base(image, {"lineage": [given.clean.base.parent]})
	not bases.root with input as with_base(image, {"boundaries": [1]})
	not bases.root with input as with_base(image, {"annotated": {"name": "debian:12", "digest": null}})
	not bases.root with input as with_base(image, {"family": {"reference": null, "evidence": ["history"], "candidates": ["a", "b"]}})
	bases.root with input as with_base(image, {"family": {"reference": null, "evidence": [], "candidates": ["node"]}})
	bases.root with input as with_base(image, {"annotated": {"name": null, "digest": "sha256:0"}})
}
