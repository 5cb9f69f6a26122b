package tare.tests.state.sensitive_volume_test

import data.tare.lib.image_test as given
import data.tare.rules.state.sensitive_volume as rule

declaring(volumes) := given.image({"image": {"config": {"volumes": volumes}}})

test_own_directory_passes if not rule.fail with input as declaring(["/data", "/var/lib/postgresql/data"])

test_system_directories_fail if rule.fail.message == "Declares volumes over /, /etc/." with input as declaring(["/etc/", "/", "/data"])
