package tare.tests.pkg.recommended_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.recommended as rule

bad := "RUN /bin/sh -c apt-get update && apt-get install -y git # buildkit"

test_without_recommended_passes if {
	not rule.fail with input as given.built_by(["RUN /bin/sh -c apt-get install -y --no-install-recommends git && apk add git # buildkit"])
}

test_switched_off_for_all_passes if {
	not rule.fail with input as given.built_by(["RUN /bin/sh -c echo 'APT::Install-Recommends \"false\";' > /etc/apt/apt.conf.d/x", bad])
}

test_text_in_quotes_is_no_command if {
	not rule.fail with input as given.built_by(["RUN /bin/sh -c echo 'run apt-get install curl' > README"])
}

test_with_recommended_fails if {
	rule.fail.message == "1 step installs packages with what they recommend." with input as given.built_by([bad])
	rule.fail.message == "2 steps install packages with what they recommend."
		with input as given.built_by([bad, "RUN /bin/sh -c apt install -y vim"])
}

test_silent_history_is_unknown if given.outcome("TARE-PKG-010", given.built_by([null])).outcome == "unknown"

test_steps_of_the_base_are_not_judged if {
	image := object.union(given.clean, {"image": object.union(given.clean.image, {"history": [given.step(bad, 0)]})})
	not rule.fail with input as image
}
