# METADATA
# description: |
#   The build steps that the history tells, without those of the base, and the commands in them. Words are taken as they stand: quotes,
#   variables and here-documents are not interpreted, and a word that cannot be understood is left out instead of guessed.
package tare.lib.history

# METADATA
# description: A sentence where no step says what it did; then nothing can be concluded from the history.
# scope: document
silent := "The history does not say how the layers were made." if {
	input.layerCount > 0
	every step in input.image.history { not is_string(step.createdBy) }
}

# METADATA
# description: The steps above the nearest known ancestor, all where none is known.
# scope: document
own := [{"text": step.createdBy, "layer": step.layer, "inBase": above} |
	some i, step in input.image.history
	i >= first
	is_string(step.createdBy)
]

default first := 0

first := i + 1 if {
	some i, step in input.image.history
	step.layer == base_layers - 1
}

default base_layers := 0

base_layers := input.base.parent.layers if is_object(input.base.parent)

# False above a base whose layers are known; where they are not, nobody knows.
default above := null

above := false if base_layers > 0

# METADATA
# description: The same steps, each with its commands ({step, commands}).
# scope: document
parsed := [{"step": step, "commands": commands(step.text)} | some step in own]

# METADATA
# description: What the commands of package managers in these steps install, {step, manager, packages, options} each.
# scope: document
installations := [object.union({"step": entry.step}, installation(words)) |
	some entry in parsed
	some words in entry.commands
]

# METADATA
# description: The simple commands of a step, each a list of words.
# scope: document
commands(text) := [words |
	runs(text)
	some line in split(strings.replace_n(separators, split(text, " # buildkit")[0]), "\n")
	words := [word | some word in split(line, " "); word != ""]
	count(words) > 0
]

# METADATA
# description: The lines of a step whose commands feed each other.
# scope: document
pipelines(text) := [line |
	runs(text)
	some line in split(strings.replace_n(object.remove(separators, {"|"}), split(text, " # buildkit")[0]), "\n")
]

# Other instructions hold words that look like commands: labels, variables, what is copied, what is started later.
runs(text) if {
	not instructions[split(text, " ")[0]]
	not contains(text, "#(nop)")
}

instructions := {
	"ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "SHELL",
	"STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
}

# What stands between two commands; a line that goes on is one.
separators := {"\\\n": " ", "\t": " ", "&&": "\n", "||": "\n", ";": "\n", "|": "\n"}

# METADATA
# description: |
#   What a command of a package manager installs: {manager, packages, options}; undefined for other commands. The values of options, files
#   and words with variables are no packages.
# scope: document
installation(words) := {"manager": manager, "packages": packages, "options": options} if {
	some i, manager in words
	own_verbs := verbs[manager]
	rest := array.slice(words, i + 1, count(words))
	some j, verb in rest
	verb in own_verbs
	every word in array.slice(rest, 0, j) { not word in {"install", "add"} }
	arguments := array.slice(rest, j + 1, count(rest))
	options := {word | some word in rest; startswith(word, "-")}
	packages := [word |
		some k, word in arguments
		not is_value(arguments, k)
		is_name(word)
	]
}

verbs := {
	"apt": {"install"},
	"apt-get": {"install"},
	"apk": {"add"},
	"pip": {"install"},
	"pip3": {"install"},
	"npm": {"install", "i", "add"},
	"dnf": {"install"},
	"microdnf": {"install"},
	"yum": {"install"},
	"zypper": {"install", "in"},
}

is_value(arguments, k) if {
	k > 0
	arguments[k - 1] in value_options
}

value_options := {
	"-t", "--virtual", "--target-release", "-r", "--requirement", "-c", "--constraint", "-o", "-i", "--index-url", "--extra-index-url", "-e",
	"-f", "--find-links", "--repository", "-X", "--prefix", "--registry", "--target", ">", ">>", "<", "2>",
}

is_name(word) if {
	not substring(word, 0, 1) in {"-", ".", "/", "$", "\"", "'", ">", "<", "(", ")", "&", "#", "{", "}", "`", "2", "\\"}
	not contains(word, "$")
	not endswith(word, ")")
}

# METADATA
# description: Steps as evidence, shortened.
# scope: document
items(steps) := array.slice(
	[{"step": substring(step.text, 0, 200), "layer": step.layer, "inBase": step.inBase} | some step in steps],
	0, 20,
)
