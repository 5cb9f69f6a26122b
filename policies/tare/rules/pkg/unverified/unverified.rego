# METADATA
# title: Unverified source
# description: A build step runs or installs what it did not verify.
# related_resources:
#   - https://cwe.mitre.org/data/definitions/494.html
#   - https://www.cisecurity.org/benchmark/docker
#   - https://slsa.dev/spec/v1.0/threats
# custom:
#   id: TARE-PKG-009
#   severity: high
#   theme: PKG
#   action: pin
#   rationale: >-
#     curl | sh runs whatever the server or somebody in between sends today (CWE-494); turning signature checks off does the same for
#     packages. CIS Docker Benchmark 4.11 allows only verified packages. High, because whoever controls the server controls the image.
#     Builders that use no Dockerfile leave no steps in the history, and nobody can add them to a finished image: there the rule is unknown,
#     as a note.
#   remediation: >-
#     Download a fixed version, compare its checksum, then run it: ADD --checksum=sha256:… https://example.com/install-1.2.sh /tmp/, or curl
#     -fsSLO URL && echo "SUM  FILE" | sha256sum -c; keep signature checks on.
#   controls:
#     cis-docker: ["4.11"]
#     nist-800-190: ["3.1.5", "4.1.5"]
#   since: 0.1.0
package tare.rules.pkg.unverified

import data.tare.lib.history
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-PKG-009"

configured := settings.of(id)

needs := {"image.history"}

unknown := history.silent

taken_in contains object.union(entry.step, {"reason": reason}) if {
	some entry in history.parsed
	some reason in (((piped(entry.step.text) | substituted(entry.commands)) | switched_off(entry.commands)) | said(entry.step.text))
}

said(text_of_step) := {phrase | some phrase in configured.phrases; contains(text_of_step, phrase)}

switched_off(commands) := {option |
	some words in commands
	some option in words
	option in configured.options
	every word in words { not word in {"echo", "printf"} }
}

# What a download prints, as a script: bash <(curl …), sh -c "$(wget …)", eval "$(curl …)".
substituted(commands) := {$"{shell} {opening}{from}{endings[opening]}" |
	some words in commands
	some i, word in words
	shell := base_name(word)
	some j, argument in words
	j > i
	some opening in openings(shell, array.slice(words, i + 1, j))
	startswith(argument, opening)
	from := split(trim_right(substring(argument, count(opening), -1), ")`"), history.mark)[0]
	from in configured.downloaders
}

endings := {"<(": ")", "$(": ")", "`": "`"}

# How a word begins that this program runs, where these options stand before it.
openings(shell, options) := {"<("} if {
	shell in array.concat(configured.shells, ["source", "."])
	every option in options { startswith(option, "-") }
	not gives_text(options)
} else := {"$(", "`"} if {
	shell in configured.shells
	gives_text(options)
} else := {"$(", "`"} if {
	shell == "eval"
	count(options) == 0
}

gives_text(options) if {
	count(options) > 0
	every option in options { startswith(option, "-") }
	option := options[count(options) - 1]
	not startswith(option, "--")
	endswith(option, "c")
}

# A download into a shell: curl … | sh, with sudo or a path before the shell.
piped(step) := {$"{from} | {to}" |
	some line in history.pipelines(step)
	parts := split(line, "|")
	some i, part in parts
	some from in words_of(part)
	from in configured.downloaders
	some j, receiver in parts
	j > i
	to := program(words_of(receiver))
	to in configured.shells
}

words_of(part) := [word | some word in split(part, " "); word != ""]

program(words) := name if {
	useful := [word | some word in words; not word in {"sudo", "exec", "env"}; not startswith(word, "-"); not contains(word, "=")]
	name := base_name(useful[0])
}

base_name(path) := parts[count(parts) - 1] if {
	parts := split(path, "/")
}

found := sort({item.reason | some item in taken_in})

fail := {
	"message": $"Build steps use unverified sources: {text.names(found)}.",
	"evidence": {"found": found, "allowed": [], "identity": found, "items": history.items(taken_in)},
} if {
	count(found) > 0
}
