# METADATA
# title: Unpinned install
# description: A build step installs packages without saying which version.
# related_resources:
#   - https://github.com/hadolint/hadolint/wiki/DL3008
#   - https://github.com/hadolint/hadolint/wiki/DL3013
#   - https://github.com/hadolint/hadolint/wiki/DL3016
#   - https://github.com/hadolint/hadolint/wiki/DL3018
# custom:
#   id: TARE-PKG-007
#   severity: note
#   theme: PKG
#   action: pin
#   rationale: >-
#     The same Dockerfile builds a different image tomorrow, and a broken or hostile release gets in unnoticed; hadolint warns (DL3008,
#     DL3013, DL3016, DL3018). Still a note: pinning OS packages of a stable release keeps fixes out, so many people do not want it. dnf and
#     yum are not judged, because in their arguments versions cannot be told from names.
#   remediation: >-
#     Pin versions of what must not change (pip install flask==3.0.3, npm ci with package-lock.json), or pin the base by digest and rebuild
#     deliberately.
#   controls:
#     cis-docker: ["4.11"]
#     nist-800-190: ["3.1.5", "4.1.5"]
#   since: 0.1.0
package tare.rules.pkg.unpinned

import data.tare.lib.history
import data.tare.lib.settings
import data.tare.lib.text

id := "TARE-PKG-007"

configured := settings.of(id)

needs := {"image.history"}

unknown := history.silent

unversioned contains object.union(installation.step, {"name": name}) if {
	some installation in history.installations
	installation.manager in configured.managers
	count(installation.options & constraints) == 0
	some name in installation.packages
	not pinned(name)
}

# A file of versions that hold for everything that is installed.
constraints := {"-c", "--constraint"}

pinned(name) if {
	some sign in {"=", "<", ">", "~"}
	contains(name, sign)
}

# A path or an address; a package of npm in a scope is neither.
pinned(name) if {
	contains(name, "/")
	not startswith(name, "@")
}

pinned(name) if {
	parts := split(name, "@")
	count(parts) > least(name)
	parts[count(parts) - 1] != ""
}

# The scope of a package of npm begins with the sign that stands before a version too.
least(name) := 2 if {
	startswith(name, "@")
} else := 1

pinned(name) if {
	some ending in {".deb", ".apk", ".whl", ".gz", ".tgz", ".zip", ".txt"}
	endswith(name, ending)
}

names := sort({item.name | some item in unversioned})

fail := {
	"message": $"Installed without a version: {text.names(names)}.",
	"evidence": {"found": array.slice(names, 0, 100), "allowed": "name=version", "identity": names, "items": history.items(unversioned)},
} if {
	count(names) > 0
}
