# METADATA
# description: What the image stands on.
package tare.lib.bases

# METADATA
# description: Whether nothing of an operating system is below the application; then there is no base to judge.
scratch if input.base.class == "scratch"

# METADATA
# description: |
#   Why there is no base to be known: the image is a base itself, and nothing shows one below it. What the catalogue names is somebody's
#   word for that; of what only carries images, one layer is asked for, because the layers of an unknown base look like its own.
# scope: document
root := "The image is a base itself: the base catalogue has it, and nothing shows an image below it." if {
	"catalogue" in input.base.knownAsBase
	nothing_below
} else := "The image is a base itself: others are built on it, it has one layer, and nothing shows an image below it." if {
	"images" in input.base.knownAsBase
	input.layerCount == 1
	nothing_below
}

nothing_below if {
	count(ancestors) == 0
	count(input.base.boundaries) == 0
	not named_below
}

named_below if is_string(input.base.annotated.name)

named_below if "history" in input.base.family.evidence

# METADATA
# description: The distribution as os-release names it, without saying more than it does.
# scope: document
os_name := input.base.os.prettyName if {
	is_string(input.base.os.prettyName)
} else := concat(" ", [part | some part in [input.base.os.id, input.base.os.versionId]; is_string(part)]) if {
	is_object(input.base.os)
}

# METADATA
# description: The same as an insertion into a sentence; empty where there is no distribution.
# scope: document
default os_in_brackets := ""

os_in_brackets := concat("", [" (", os_name, ")"])

# METADATA
# description: Names of all ancestors that are held to be one with at least this confidence, and, where asked, what the annotation says.
# scope: document
names(confidence) := {ancestor.reference |
	some ancestor in ancestors
	ancestor.confidence >= confidence
}

ancestors contains ancestor if some ancestor in input.base.lineage

ancestors contains input.base.parent if is_object(input.base.parent)

ancestors contains input.base.root if is_object(input.base.root)

# METADATA
# description: |
#   Whether a name fits a pattern with at most one star, which stands for anything.
# scope: document
fits(name, pattern) if name == pattern

fits(name, pattern) if {
	parts := split(pattern, "*")
	count(parts) == 2
	count(name) >= count(parts[0]) + count(parts[1])
	startswith(name, parts[0])
	endswith(name, parts[1])
}

# METADATA
# description: |
#   The words of an image name that say which variant it is: those of its last path component and its tag. 21-jdk-alpine of
#   docker.io/library/eclipse-temurin:21-jdk-alpine@sha256:… gives eclipse, temurin, 21, jdk and alpine.
# scope: document
words(name) := {word |
	some word in split(strings.replace_n({"-": " ", "_": " ", ":": " ", ".": " "}, lower(last)), " ")
	word != ""
} if {
	parts := split(split(name, "@")[0], "/")
	last := parts[count(parts) - 1]
}

# METADATA
# description: |
#   The registry of an image name, as Docker reads names: the first component where it looks like a host, else docker.io.
# scope: document
registry(name) := host if {
	parts := split(name, "/")
	count(parts) > 1
	host := parts[0]
	looks_like_host(host)
} else := "docker.io"

looks_like_host(word) if contains(word, ".")

looks_like_host(word) if contains(word, ":")

looks_like_host("localhost")

# METADATA
# description: The nearest ancestors that are held to be one with at least this confidence, ties included.
# scope: document
nearest(confidence) := {ancestor |
	some ancestor in ancestors
	ancestor.confidence >= confidence
	ancestor.layers == max({other.layers | some other in ancestors; other.confidence >= confidence})
}
