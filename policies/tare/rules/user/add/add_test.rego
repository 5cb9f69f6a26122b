package tare.tests.user.add_test

import data.tare.lib.image_test as given
import data.tare.rules.user.add as rule

bad := "ADD app.jar /app/app.jar # buildkit"

test_what_add_is_for_passes if {
	not rule.fail with input as given.built_by(["ADD --chown=1 rootfs.tar.xz / # buildkit", "ADD https://example.com/x /x # buildkit", "ADD git@example.com:a/b.git /b # buildkit", "COPY a /a # buildkit", "/bin/sh -c #(nop) ADD file:0123 in /x "])
}

test_first_layer_passes if {
	image := object.union(given.clean, {"base": object.union(given.clean.base, {"parent": null, "root": null, "lineage": []}), "image": object.union(given.clean.image, {"history": [given.step("ADD rootfs / # buildkit", 0)]})})
	not rule.fail with input as image
}

test_files_and_directories_fail if {
	rule.fail.message == "1 step uses ADD for what COPY does." with input as given.built_by([bad])
	rule.fail.message == "2 steps use ADD for what COPY does." with input as given.built_by(["/bin/sh -c #(nop) ADD dir:0123 in /app ", "/bin/sh -c #(nop) ADD multi:0123 in /app/ "])
}

test_silent_history_is_unknown if given.outcome("TARE-USER-006", given.built_by([null])).outcome == "unknown"

test_steps_of_the_base_are_not_judged if {
	image := object.union(given.clean, {"image": object.union(given.clean.image, {"history": [given.step(bad, 0)]})})
	not rule.fail with input as image
}
