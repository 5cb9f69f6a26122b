package tare.tests.secret.files_test

import data.tare.lib.image_test as given
import data.tare.rules.secret.files as rule

holding(kind, path, hidden) := given.image({"secrets": [{"kind": kind, "path": path, "layer": 1, "hidden": hidden}]})

test_none_passes if not rule.fail with input as given.clean

test_others_are_for_other_rules if not rule.fail with input as holding("credential-file", "/root/.npmrc", false)

test_secret_fails if rule.fail.message == "In the image: /app/tls.key (deleted later, but still shipped)." with input as holding("private-key", "/app/tls.key", true)

test_gap_is_unknown if given.outcome("TARE-SECRET-002", given.missing("secrets")).outcome == "unknown"

test_allowed_key_passes if {
	not rule.fail with input as holding("private-key", "/etc/ssl/private/ssl-cert-snakeoil.key", false)
		with data.tare.settings.defaults.rules["TARE-SECRET-002"].allowed as ["/etc/ssl/private/*"]
}

test_host_keys_are_for_another_rule if not rule.fail with input as holding("private-key", "/etc/ssh/ssh_host_rsa_key", false)

test_many_are_counted if {
	endswith(rule.fail.message, " and 2 more.") with input as given.image({"secrets": [{"kind": "private-key", "path": sprintf("/k%v", [n]), "layer": 1, "hidden": false} | some n in numbers.range(1, 7)]})
}
