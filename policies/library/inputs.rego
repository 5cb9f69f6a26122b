# METADATA
# description: |
#   Finds which parts of the input the library reads, for policies/build. The input is a list of syntax trees (opa parse --format json).
#   The job hands over no more than these: the lists of packages and of history are most of a facts document, and an evaluation costs
#   what its input weighs. A part is one or two keys deep; whoever passes the whole input around needs all of it.
package library.inputs

parts := sort(read) if not whole

parts := [] if whole

read contains part if {
	walk(input, [_, node])
	part := part_of(node)
}

part_of(node) := concat(".", [key | some term in array.slice(node.value, 1, 3); key := term.value]) if {
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
