# METADATA
# title: Command in shell form
# description: Entrypoint, command or health check is started through a shell.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#shell-and-exec-form
#   - https://docs.docker.com/reference/build-checks/json-args-recommended/
#   - https://github.com/hadolint/hadolint/wiki/DL3025
# custom:
#   id: TARE-TOOL-017
#   severity: low
#   theme: TOOL
#   action: configuration
#   rationale: >-
#     The shell becomes process 1: it does not pass signals on, so the application is killed instead of stopped, and the image cannot do
#     without a shell. Low, because the application runs; hadolint (DL3025) and Docker's own build checks warn.
#   remediation: >-
#     Write the exec form: ENTRYPOINT ["/app", "--flag"]. For a health check: HEALTHCHECK CMD ["/app", "health"].
#   controls:
#     kubernetes-hardening: ["remove-unused"]
#   since: 0.1.0
package tare.rules.tool.shell_form

import data.tare.lib.settings

id := "TARE-TOOL-017"

configured := settings.of(id)

not_applicable := "Windows images start commands through cmd." if input.image.platform.os == "windows"

# Docker and BuildKit write the shell form of a command as ["/bin/sh", "-c", "text"].
through_shell(command) if {
	parts := split(command[0], "/")
	parts[count(parts) - 1] in configured.shells
	command[1] == "-c"
}

used contains "entrypoint" if through_shell(input.image.config.entrypoint)

used contains "cmd" if through_shell(input.image.config.cmd)

used contains "health check" if input.image.config.healthcheck[0] == "CMD-SHELL"

used contains "health check" if {
	test := input.image.config.healthcheck
	test[0] == "CMD"
	through_shell(array.slice(test, 1, count(test)))
}

fail := {
	"message": $"Started through a shell: {concat(", ", sort(used))}.",
	"evidence": {
		"found": sort(used),
		"allowed": "exec form",
		"identity": sort(used),
		"entrypoint": input.image.config.entrypoint,
		"cmd": input.image.config.cmd,
		"healthcheck": input.image.config.healthcheck,
	},
} if {
	count(used) > 0
}
