# METADATA
# description: What a scan for vulnerabilities found.
package tare.lib.vulnerabilities

import data.tare.lib.facts

# METADATA
# description: A sentence where nothing is known of vulnerabilities and nothing says why.
# scope: document
unknown := "Nothing is known of vulnerabilities." if {
	not input.vulnerabilities.known
	facts.whole("vulnerabilities")
}

# METADATA
# description: A sentence where vulnerabilities were found of which nobody says how severe they are.
# scope: document
ungraded := $"{input.vulnerabilities.counts.unknown} vulnerabilities have no known severity." if {
	input.vulnerabilities.known
	input.vulnerabilities.counts.unknown > 0
}

# METADATA
# description: The failure that more of this severity are than allowed; undefined where there are not.
# scope: document
failure(severity, allowed) := {
	"message": $"{found} of severity {severity}{inherited(severity)}; the limit is {allowed}.",
	"evidence": {
		"found": found,
		"allowed": allowed,
		"inBase": object.get(scan.inBase, severity, null),
		"sources": [source.name | some source in scan.sources],
	},
} if {
	scan := input.vulnerabilities
	scan.known
	found := scan.counts[severity]
	found > allowed
}

inherited(severity) := $", {input.vulnerabilities.inBase[severity]} of them from the base" if {
	is_number(input.vulnerabilities.inBase[severity])
} else := ""
