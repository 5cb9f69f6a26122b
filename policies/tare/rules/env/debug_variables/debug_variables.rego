# METADATA
# title: Debug variables
# description: Environment variables turn on debugging or development.
# related_resources:
#   - https://flask.palletsprojects.com/en/stable/debugging/
#   - https://cwe.mitre.org/data/definitions/489.html
# custom:
#   id: TARE-ENV-002
#   severity: medium
#   theme: ENV
#   action: configuration
#   rationale: >-
#     Debug modes show stack traces, open consoles (Flask's runs any Python it is sent) and debug ports that need no password: active debug
#     code, CWE-489. They are set for a developer's machine and forgotten. Medium, because an attacker needs a port that can be reached.
#   remediation: >-
#     Remove the ENV lines (NODE_ENV=development, FLASK_DEBUG=1, JAVA_TOOL_OPTIONS=-agentlib:jdwp=…), and set them when a developer starts
#     the container: docker run -e FLASK_DEBUG=1 ….
#   controls:
#     nist-800-190: ["3.1.2", "4.1.2"]
#   since: 0.1.0
package tare.rules.env.debug_variables

import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-ENV-002"

configured := settings.of(id)

found := sort({$"{variable.name}={variable.value}" |
	some variable in input.image.config.env
	is_string(variable.value)
	switches_on(variable)
})

switches_on(variable) if lower(variable.value) in configured.denied[variable.name]

switches_on(variable) if {
	some phrase in configured.phrases
	contains(variable.value, phrase)
}

fail := {
	"message": $"Set: {text.names(found)}.",
	"evidence": {"found": found, "allowed": [], "identity": found},
} if {
	count(found) > 0
}
