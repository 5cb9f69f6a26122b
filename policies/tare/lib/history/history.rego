# METADATA
# description: |
#   The build steps that the history tells, without those of the base, and the commands in them. Quotes are taken off, and what stands in
#   them is one word and no command. Variables and here-documents are not interpreted, and a word that cannot be understood is left out
#   instead of guessed.
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
	some line in split(strings.replace_n(separators, unquoted(text)), "\n")
	words := [word | some word in split(split(line, " #")[0], " "); word != ""]
	count(words) > 0
	not startswith(words[0], "#")
]

# METADATA
# description: The lines of a step whose commands feed each other.
# scope: document
pipelines(text) := [line |
	runs(text)
	some line in split(strings.replace_n(object.remove(separators, {"|"}), split(unquoted(text), " # buildkit")[0]), "\n")
]

# METADATA
# description: |
#   The text of a step without its quotes. Blanks and separators that stood in them are marked, so that what was quoted stays one word.
# scope: document
unquoted(text) := concat("", [spoken(piece[0]) | some piece in regex.find_all_string_submatch_n(pieces, text, -1)]) if {
	some quote in ["'", "\"", "\\"]
	contains(text, quote)
} else := text

# Quoted text, an escaped character, text without either up to a comment, a comment, a blank or a quote that nothing ends.
pieces := `'[^']*'|"(?:[^"\\]|\\(?s:.))*"|\\(?s:.)|(?:[^'"\\\s]|\s+[^'"\\\s#])+|\s+#[^\n]*|\s+|['"\\]`

spoken(piece) := strings.replace_n(marks, substring(piece, 1, count(piece) - 2)) if {
	count(piece) > 1
	substring(piece, 0, 1) in {"'", "\""}
} else := " " if {
	piece == "\\\n"
} else := strings.replace_n(marks, substring(piece, 1, -1)) if {
	startswith(piece, "\\")
} else := "" if {
	piece in {"'", "\""}
} else := "\n" if {
	startswith(trim_space(piece), "#")
} else := piece

# METADATA
# description: What a blank or a separator in quotes is replaced by.
# scope: document
mark := "\u0001"

marks := {character: mark | some character in [" ", "\n", "\t", ";", "|", "&", "#"]}

# Other instructions hold words that look like commands: labels, variables, what is copied, what is started later.
runs(text) if {
	not instructions[split(text, " ")[0]]
	not contains(text, "#(nop)")
}

instructions := {
	"ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "SHELL",
	"STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
}

# What stands between two commands.
separators := {"\t": " ", "&&": "\n", "||": "\n", ";": "\n", "|": "\n"}

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
	every word in array.slice(words, 0, i) { not word in {"echo", "printf"} }
	every word in rest { not word in simulations[manager] }
	arguments := array.slice(rest, j + 1, count(rest))
	options := {word | some word in rest; startswith(word, "-")}
	packages := [word |
		some k, word in arguments
		not is_value(arguments, k)
		is_name(word)
	]
}

# Options with which nothing is installed.
simulations := {
	"apt": apt_simulations,
	"apt-get": apt_simulations,
	"apk": {"-s", "--simulate"},
	"pip": {"--dry-run"},
	"pip3": {"--dry-run"},
	"npm": {"--dry-run"},
	"dnf": {"--downloadonly", "--assumeno"},
	"microdnf": {"--downloadonly", "--assumeno"},
	"yum": {"--downloadonly", "--assumeno"},
	"zypper": {"-D", "--dry-run"},
}

apt_simulations := {"-s", "--simulate", "--just-print", "--dry-run", "--recon", "--no-act"}

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
	not contains(word, mark)
	not endswith(word, ")")
}

# METADATA
# description: Steps as evidence, shortened.
# scope: document
items(steps) := array.slice(
	[{"step": substring(step.text, 0, 200), "layer": step.layer, "inBase": step.inBase} | some step in steps],
	0, 20,
)
