package tare.tests.pkg.unpinned_test

import data.tare.lib.image_test as given
import data.tare.rules.pkg.unpinned as rule

bad := "RUN /bin/sh -c apt-get install -y curl # buildkit"

test_versions_pass if {
	not rule.fail
		with input as given.built_by([
			"RUN /bin/sh -c apt-get install -y curl=7.88.1-10 ./local.deb /tmp/x.deb",
			"RUN /bin/sh -c pip install flask==3.0 wheel.whl repo/pkg -r requirements.txt && npm i -g yarn@1.22",
			"RUN /bin/sh -c true && apk add --virtual .deps -t x",
		])
}

test_names_alone_fail if {
	failure := rule.fail
		with input as given.built_by([bad, "/bin/sh -c set -eux; apk add --no-cache bash $PKGS 'quoted' | true; pip3 install flask"])
	failure.message == "Installed without a version: bash, curl, flask, quoted."
	count(failure.evidence.items) == 4
}

test_versions_in_quotes_pass if {
	not rule.fail
		with input as given.built_by([
			"RUN /bin/sh -c apt-get install -y fonts-dejavu=\"2.37-2build1\" # buildkit",
			"RUN /bin/sh -c apk add bash~=5.2 'curl>8' \"jq<2\" # buildkit",
			"RUN /bin/sh -c pip install 'flask~=1.0' whisper==\"$VERSION\" # buildkit",
		])
}

test_packages_of_npm_in_a_scope if {
	given.outcome("TARE-PKG-007", given.built_by(["RUN /bin/sh -c npm i -g yarn@1.22 @angular/cli@12 user/repo # buildkit"])).outcome == "pass"
	rule.fail.evidence.found == ["@angular/cli"] with input as given.built_by(["RUN /bin/sh -c npm install -g @angular/cli"])
}

test_constraints_pass if {
	not rule.fail with input as given.built_by(["RUN /bin/sh -c pip install -c constraints.txt flask"])
	rule.fail with input as given.built_by(["RUN /bin/bash -c pip install flask"])
}

test_what_is_only_said_or_simulated_passes if {
	not rule.fail
		with input as given.built_by([
			"RUN /bin/sh -c echo 'run apt-get install curl' > README",
			"RUN /bin/sh -c echo run apt-get install curl",
			"RUN /bin/sh -c apt-get install -s curl",
			"RUN /bin/sh -c true # don't apt-get install curl\n# apt-get install curl\ntrue",
		])
}

test_other_commands_pass if {
	not rule.fail
		with input as given.built_by([
			"COPY install /usr/bin",
			"RUN /bin/sh -c echo apt-get is not install # buildkit",
			"RUN /bin/sh -c make install",
		])
}

test_silent_history_is_unknown if given.outcome("TARE-PKG-007", given.built_by([null])).outcome == "unknown"

test_steps_of_the_base_are_not_judged if {
	image := object.union(given.clean, {"image": object.union(given.clean.image, {"history": [given.step(bad, 0)]})})
	not rule.fail with input as image
}
