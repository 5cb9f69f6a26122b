package tare.tests.pkg.unverified_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.unverified as rule

bad := "RUN /bin/sh -c curl -fsSL https://get.example.com | bash -s -- -y # buildkit"

test_verified_download_passes if {
	not rule.fail
		with input as given.built_by([
			"RUN /bin/sh -c curl -fsSLo x.tgz https://example.com/x.tgz && echo 00 x.tgz | sha256sum -c && sh install.sh # buildkit",
			"RUN /bin/sh -c curl -s https://x/key | gpg --dearmor > k.gpg",
		])
}

test_download_into_a_shell_fails if {
	rule.fail.message == "Build steps use unverified sources: curl | bash." with input as given.built_by([bad])
	rule.fail.evidence.found == ["wget | sh"] with input as given.built_by(["/bin/sh -c wget -qO- https://x | tee log | sudo -E /bin/sh"])
}

test_checks_switched_off_fail if {
	rule.fail.evidence.found == ["--allow-untrusted", "[trusted=yes]"]
		with input as given.built_by([
			"RUN /bin/sh -c apk add --allow-untrusted x.apk",
			"RUN /bin/sh -c echo deb [trusted=yes] http://x ./ > /etc/apt/sources.list",
		])
}

test_silent_history_is_unknown if given.outcome("TARE-PKG-009", given.built_by([null])).outcome == "unknown"

test_steps_of_the_base_are_not_judged if {
	image := object.union(given.clean, {"image": object.union(given.clean.image, {"history": [given.step(bad, 0)]})})
	not rule.fail with input as image
}
