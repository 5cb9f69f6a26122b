# METADATA
# description: |
#   The schema of the input without the fields of list elements that .manifest leaves out (metadata.fields), for policies/build: checking the
#   library against it finds every rule that reads a field which the job does not hand over. The input is {schema, fields}.
package library.lean

schema := json.remove(input.schema, removed)

removed contains array.concat(place, [name]) if {
	some part, kept in input.fields
	place := fields_of(part)
	some name, _ in object.get(input.schema, place, {})
	not name in kept
}

unknown contains sprintf("%s.%s", [part, name]) if {
	some part, kept in input.fields
	some name in kept
	not object.get(input.schema, array.concat(fields_of(part), [name]), false)
}

# Where the schema describes the elements of a list: tools, packages.items.
fields_of(part) := ["$defs", trim_prefix(reference, "#/$defs/"), "properties"] if {
	reference := object.get(input.schema, array.concat(elements(part), ["$ref"]), "")
	reference != ""
} else := array.concat(elements(part), ["properties"])

elements(part) := array.concat([step | some key in split(part, "."); some step in ["properties", key]], ["items"])
