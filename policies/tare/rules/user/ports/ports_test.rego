package tare.tests.user.ports_test

import data.tare.lib.image_test as given
import data.tare.rules.user.ports as rule

exposing(ports) := given.image({"image": {"config": {"exposedPorts": ports}}})

test_high_port_passes if not rule.fail with input as exposing(["8080/tcp", "1024"])

test_no_port_passes if not rule.fail with input as exposing([])

test_privileged_port_fails if {
	rule.fail.message == "Exposes 80/tcp; ports from 1024 on are allowed, except those for remote access."
		with input as exposing(["80/tcp", "8080/tcp"])
}

test_range_counts_from_its_first_port if rule.fail.evidence.found == ["1000-2000/tcp"] with input as exposing(["1000-2000/tcp"])

test_remote_desktop_fails if rule.fail with input as exposing(["3389/tcp"])

test_allowed_port_passes if {
	not rule.fail with input as exposing(["80/tcp"])
		with data.tare.settings.defaults.rules["TARE-USER-005"].allowed as ["80/tcp"]
}
