package tare.tests.pkg.unpinned_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.unpinned as rule

bad := "RUN /bin/sh -c apt-get install -y curl # buildkit"

test_versions_pass if {
	not rule.fail with input as given.built_by(["RUN /bin/sh -c apt-get install -y curl=7.88.1-10 ./local.deb /tmp/x.deb && pip install flask==3.0 wheel.whl repo/pkg -r requirements.txt && npm i -g yarn@1.22 && apk add --virtual .deps -t x"])
}

test_names_alone_fail if {
	failure := rule.fail with input as given.built_by([bad, "/bin/sh -c set -eux; apk add --no-cache bash $PKGS 'quoted' | true; pip3 install flask"])
	failure.message == "Installed without a version: bash, curl, flask."
	count(failure.evidence.items) == 3
}

test_other_commands_pass if {
	not rule.fail with input as given.built_by(["COPY install /usr/bin", "RUN /bin/sh -c echo apt-get is not install # buildkit", "RUN /bin/sh -c make install"])
}

test_silent_history_is_unknown if given.outcome("TARE-PKG-007", given.built_by([null])).outcome == "unknown"

test_steps_of_the_base_are_not_judged if {
	image := object.union(given.clean, {"image": object.union(given.clean.image, {"history": [given.step(bad, 0)]})})
	not rule.fail with input as image
}
