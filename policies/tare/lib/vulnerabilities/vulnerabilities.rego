# METADATA
# description: What a scan for vulnerabilities found.
package tare.lib.vulnerabilities

import data.tare.lib.facts

# METADATA
# description: A sentence where no scan result is at hand and nothing says why.
# scope: document
unknown := "No scan result is at hand." if {
	not input.vulnerabilities.known
	facts.whole("vulnerabilities")
}

# METADATA
# description: The failure that more of this severity are than allowed; undefined where there are not.
# scope: document
failure(severity, max) := {
	"message": sprintf("%v of severity %s, and %v are allowed%s.", [found, severity, max, inherited(severity)]),
	"evidence": {
		"found": found,
		"allowed": max,
		"inBase": object.get(input.vulnerabilities.inBase, severity, null),
		"source": input.vulnerabilities.source,
	},
} if {
	input.vulnerabilities.known
	found := input.vulnerabilities.counts[severity]
	found > max
}

inherited(severity) := sprintf("; %v of them come from the base", [input.vulnerabilities.inBase[severity]]) if {
	is_number(input.vulnerabilities.inBase[severity])
} else := ""
