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

test_what_a_download_prints_as_a_script_fails if {
	every step, found in {
		"RUN /bin/bash -c bash <(curl -s https://x/install.sh) # buildkit": "bash <(curl)",
		"/bin/bash -c /usr/bin/bash -x <(curl -s https://x | sed s/a/b/)": "bash <(curl)",
		"/bin/sh -c sh -c \"$(wget -qO- https://x/i.sh)\"": "sh $(wget)",
		"/bin/sh -c sh -ec \"`curl https://x`\" && true": "sh `curl`",
		"/bin/sh -c eval \"$(curl -s https://x)\"": "eval $(curl)",
		"/bin/bash -c source <(curl -s https://x)": "source <(curl)",
	} {
		rule.fail.evidence.found == [found] with input as given.built_by([step])
	}
}

test_downloads_as_values_and_in_quotes_pass if {
	not rule.fail
		with input as given.built_by([
			"RUN /bin/sh -c sh install.sh \"$(curl -s https://x/version)\" # buildkit",
			"RUN /bin/sh -c version=\"$(curl -s https://x/version)\" && make",
			"RUN /bin/sh -c echo 'curl https://x | sh' > README && echo --insecure",
			"RUN /bin/sh -c diff <(curl -s https://x) y",
		])
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
