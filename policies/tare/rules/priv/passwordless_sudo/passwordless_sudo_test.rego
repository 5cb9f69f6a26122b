package tare.tests.priv.passwordless_sudo_test

import data.tare.lib.image_test as given
import data.tare.rules.priv.passwordless_sudo as rule

with_sudo(steps) := object.union(given.built_by(steps), {"tools": [given.tool("sudo", "privilege")]})

test_no_sudo_does_not_apply if rule.not_applicable with input as given.clean

test_grant_fails if {
	rule.fail.message == "Program /usr/bin/sudo needs no password: a build step says NOPASSWD." with input as with_sudo(["RUN /bin/sh -c echo 'app ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/app"])
}

test_sudo_alone_is_unknown if given.outcome("TARE-PRIV-003", with_sudo(["RUN /bin/sh -c apt-get install -y sudo"])).outcome == "unknown"

test_gap_is_unknown if given.outcome("TARE-PRIV-003", given.missing("tools")).outcome == "unknown"
