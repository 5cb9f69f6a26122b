# METADATA
# description: |
#   Finds which parts of the input the library reads, for policies/build. The input is a list of syntax trees (opa parse --format json).
#   The job hands over no more than these: the lists of packages and of history are most of a facts document, and an evaluation costs
#   what its input weighs. A part is one or two keys deep; whoever passes the whole input around needs all of it.
package library

parts := sort(read) if not whole

parts := [] if whole

read contains part if {
	walk(input, [_, node])
	part := part_of(node)
}

part_of(node) := concat(".", [term.value | some term in array.slice(node.value, 1, 3)]) if {
	of_input(node)
	keyed(node.value[1])
	keyed(node.value[2])
} else := node.value[1].value if {
	of_input(node)
	keyed(node.value[1])
}

of_input(node) if {
	node.type == "ref"
	node.value[0] == {"type": "var", "value": "input"}
}

keyed(term) if term.type == "string"

# The bare word, or input[x].
whole if {
	walk(input, [path, node])
	node == {"type": "var", "value": "input"}
	not refers(path)
}

whole if {
	walk(input, [_, node])
	of_input(node)
	not keyed(node.value[1])
}

refers(path) if array.slice(path, count(path) - 2, count(path)) == ["value", 0]

# Rules that come to something else when nothing but time has passed, by identifier, and the parts that they and what they use read. What
# passes no string in a reference is not followed: main names all rules that way, and is used by all of them.
timed := {
	"rules": sort({id | some name in timed_packages; id := ids[name]}),
	"input": sort({part | some name in timed_packages; some user in used_by(name); some part in parts_by_package[user]}),
}

clock := {"evaluatedAt", "image", "image.ageDays"}

timed_packages contains name if {
	some name, _ in ids
	some user in used_by(name)
	count(parts_by_package[user] & clock) > 0
}

used_by(name) := graph.reachable(uses, {name, "tare.main"})

trees_by_package[name] contains tree if {
	some tree in input
	name := dotted(tree["package"].path)
}

ids[name] := rule.head.value.value if {
	some name, trees in trees_by_package
	startswith(name, "tare.rules.")
	some tree in trees
	some rule in tree.rules
	rule.head.name == "id"
}

parts_by_package[name] := {part |
	some tree in trees
	walk(tree, [_, node])
	part := part_of(node)
} if {
	some name, trees in trees_by_package
}

uses[name] := {other |
	some tree in trees
	walk(tree, [_, node])
	node.type == "ref"
	node.value[0] == {"type": "var", "value": "data"}
	path := dotted(node.value)
	some other, _ in trees_by_package
	startswith($"{path}.", $"{other}.")
} if {
	some name, trees in trees_by_package
}

dotted(terms) := concat(".", [term.value | some term in array.slice(terms, 1, count(terms)); term.type == "string"])
