# METADATA
# title: The command that the image starts is not in it
# description: A program that entrypoint or cmd name does not exist in the image, or nobody may execute it.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/config.md
#   - https://docs.docker.com/engine/containers/run/#exit-status
# custom:
#   id: TARE-START-001
#   severity: medium
#   theme: START
#   action: configuration
#   rationale: >-
#     A container of it ends before it begins, with status 127 or 126, unless whoever deploys it names another command or mounts the program.
#     Only what certainly has to be there is judged: what the runtime executes, found as runtimes do along PATH and through links, and what
#     that starts without a condition (tini -- app, sh -c "exec /app"), with the ELF interpreter that a program names, as one for glibc does
#     in an image of Alpine. Medium, because it fails at once and everywhere, and opens nothing.
#   remediation: >-
#     Name the program by the path that it has in the image (ENTRYPOINT ["/usr/sbin/nginx"]), copy it there with its mode (COPY --chmod=0755
#     app /usr/local/bin/app), or set PATH; build a program for the C library of the base, or static. docker run --rm IMAGE shows whether
#     it starts.
#   controls: {}
#   since: 0.1.0
package tare.rules.start.missing_command

import data.tare.lib.settings

id := "TARE-START-001"

configured := settings.of(id)

needs := {"start"}

not_applicable := "Commands are looked for in images for linux only." if {
	input.image.platform.os != "linux"
} else := "The image names no command." if {
	count(input.start) == 0
}

broken := [program |
	some program in input.start
	some verdict in [program.exists, program.executable]
	verdict == false
	not program.command in configured.allowed
]

fail := {
	"message": sentence(broken[0]),
	"evidence": {
		"found": broken[0].command,
		"allowed": "a program that is in the image",
		"identity": {program.command | some program in broken},
		"items": broken,
	},
} if {
	count(broken) > 0
}

unknown := $"Whether the image holds {perhaps[0]} is not known." if {
	count(broken) == 0
	count(perhaps) > 0
}

perhaps := [program.command |
	some program in input.start
	not known(program)
]

known(program) if {
	is_boolean(program.exists)
	is_boolean(program.executable)
}

sentence(program) := $"{starter(program)} starts {program.command}, which is there but is no file that may be executed." if {
	program.exists == true
} else := $"{starter(program)} starts {program.command}, which does not exist in it; it has {concat(", ", program.elsewhere)}." if {
	count(program.elsewhere) > 0
	contains(program.command, "/")
} else := $"{starter(program)} starts {program.command}, which does not exist in it." if {
	contains(program.command, "/")
} else := $"{starter(program)} starts {program.command}, which is in no directory of PATH; it has {concat(", ", program.elsewhere)}." if {
	count(program.elsewhere) > 0
} else := $"{starter(program)} starts {program.command}, which is in no directory of PATH."

starter(program) := $"The image, by {program.by}," if {
	is_string(program.by)
} else := "The image"
