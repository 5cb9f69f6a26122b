package tare.tests.layer.copies_test

import data.tare.lib.image_test as given
import data.tare.rules.layer.copies as rule

made_by(step, bytes) := given.image({"layers": [
	given.clean.layers[0],
	object.union(given.clean.layers[1], {"wasted": bytes, "createdBy": step}),
]})

test_copies_of_other_steps_pass if not rule.fail with input as made_by("COPY app /usr/local/bin/app", 30000000)

test_little_passes if not rule.fail with input as made_by("RUN /bin/sh -c chown -R app /app # buildkit", 1000000)

test_copies_of_chown_fail if {
	failure := rule.fail with input as made_by("RUN /bin/sh -c chmod +x /x && chown -R app /app # buildkit", 30000000)
	failure.message == "30.0 MB are second copies, in 1 layer with chown or chmod; the limit is 1.00 MB."
	failure.evidence.origin == "image"
}

test_unread_layer_is_unknown if given.outcome("TARE-LAYER-005", given.missing("layers")).outcome == "unknown"
