package tare.tests.pkg.update_alone_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.update_alone as rule

bad := "RUN /bin/sh -c apt-get update # buildkit"

test_update_with_install_passes if {
	not rule.fail with input as given.built_by(["RUN /bin/sh -c apt-get update && apt-get install -y curl=1 # buildkit", "RUN /bin/sh -c apk --update add curl", "/bin/sh -c apt-get -qq update; apt-get upgrade -y"])
}

test_update_alone_fails if {
	rule.fail.message == "1 step fetches package lists and installs nothing." with input as given.built_by([bad])
	rule.fail.message == "Each of 2 steps fetches package lists and installs nothing." with input as given.built_by([bad, "/bin/sh -c apk update"])
}

test_silent_history_is_unknown if given.outcome("TARE-PKG-008", given.built_by([null])).outcome == "unknown"

test_steps_of_the_base_are_not_judged if {
	image := object.union(given.clean, {"image": object.union(given.clean.image, {"history": [given.step(bad, 0)]})})
	not rule.fail with input as image
}
