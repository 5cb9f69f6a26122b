package tare.tests.cve.no_scan_test

import data.tare.lib.image_test as given
import data.tare.rules.cve.no_scan as rule

test_scanned_image_passes if not rule.fail with input as given.clean

test_no_scan_fails if rule.fail with input as given.image({"vulnerabilities": {"known": false}})
