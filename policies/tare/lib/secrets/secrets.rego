# METADATA
# description: Sorts the places of secrets by what they are.
package tare.lib.secrets

# METADATA
# description: The private keys by which a machine proves who it is.
# scope: document
host_keys := [secret |
	some secret in input.secrets
	secret.kind == "private-key"
	contains(secret.path, "/ssh_host_")
]

# METADATA
# description: Files with which package managers log in.
# scope: document
package_credentials(endings) := [secret |
	some secret in input.secrets
	secret.kind == "credential-file"
	ends_in(secret.path, endings)
]

ends_in(path, endings) if {
	some ending in endings
	endswith(path, ending)
}

# METADATA
# description: The failure that these are.
# scope: document
failure(found, noun) := {
	"message": $"{noun}: {concat(", ", array.slice(places(found), 0, 5))}{more(found)}.",
	"evidence": {
		"found": count(found),
		"allowed": 0,
		"identity": {secret.path | some secret in found},
		"items": array.slice(found, 0, 50),
	},
}

places(found) := [place | some secret in found; place := shown(secret)]

shown(secret) := $"{secret.path} (deleted later, but still shipped)" if {
	secret.hidden
} else := secret.path

more(found) := $" and {count(found) - 5} more" if {
	count(found) > 5
} else := ""
