# METADATA
# description: |
#   Reads what `opa inspect --annotations` says of the library (input), for policies/build: the documentation of every rule, and what is
#   missing of it.
package library

rules := [rule |
	some [_, rule] in sort([[doc.id, doc] | some doc in docs])
]

docs contains doc if {
	some entry in input.annotations
	path := package_path(entry)
	a := entry.annotations
	doc := {
		"id": a.custom.id,
		"package": concat(".", path),
		"title": a.title,
		"description": trim_space(a.description),
		"severity": a.custom.severity,
		"theme": a.custom.theme,
		"action": a.custom.action,
		"rationale": trim_space(a.custom.rationale),
		"remediation": trim_space(a.custom.remediation),
		"relatedResources": [resource.ref | some resource in a.related_resources],
		"controls": a.custom.controls,
		"since": a.custom.since,
	}
}

# A rule's package, without its tests.
package_path(entry) := path if {
	entry.annotations.scope == "package"
	path := [part.value | some part in array.slice(entry.path, 1, count(entry.path))]
	array.slice(path, 0, 2) == ["tare", "rules"]
	not endswith(path[count(path) - 1], "_test")
}

problems contains sprintf("%s.%s: no METADATA, or one of title, description, related_resources, custom.* is missing", [theme, name]) if {
	some theme, name
	data.tare.rules[theme][name].id
	not documented(theme, name)
}

problems contains sprintf("%s: METADATA says %s, id says %s", [doc["package"], doc.id, id]) if {
	some theme, name
	id := data.tare.rules[theme][name].id
	some doc in docs
	doc["package"] == sprintf("tare.rules.%s.%s", [theme, name])
	doc.id != id
}

problems contains sprintf("%s: id %s is not TARE-%s-NNN", [doc["package"], doc.id, doc.theme]) if {
	some doc in docs
	not regex.match(sprintf(`^TARE-%s-[0-9]{3}$`, [doc.theme]), doc.id)
}

problems contains sprintf("%s: severity %s", [doc.id, doc.severity]) if {
	some doc in docs
	not doc.severity in {"note", "low", "medium", "high", "critical"}
}

problems contains sprintf("%s: action %s", [doc.id, doc.action]) if {
	some doc in docs
	not doc.action in {"base", "install", "stages", "user", "cleanup", "pin", "rebuild", "secret", "configuration"}
}

problems contains sprintf("%s: two rules have this id", [id]) if {
	some id in {doc.id | some doc in docs}
	count([doc | some doc in docs; doc.id == id]) > 1
}

problems contains sprintf("%s: no settings under defaults.rules", [doc.id]) if {
	some doc in docs
	not data.tare.settings.defaults.rules[doc.id]
}

problems contains sprintf("settings name the rule %s, which does not exist", [id]) if {
	some id in object.keys(data.tare.settings.defaults.rules)
	not id in {doc.id | some doc in docs}
}

problems contains sprintf("settings of profile %s change %s.%s, which has no default", [profile, id, key]) if {
	some profile, changes in data.tare.settings.profiles
	some id, rule in changes.rules
	some key, _ in rule
	not key in (object.keys(data.tare.settings.defaults.rules[id]) | {"severity"})
}

documented(theme, name) if {
	some doc in docs
	doc["package"] == sprintf("tare.rules.%s.%s", [theme, name])
}
