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
failure(severity, allowed) := {
	"message": $"{found} of severity {severity}, and {allowed} are allowed{inherited(severity)}.",
	"evidence": {
		"found": found,
		"allowed": allowed,
		"inBase": object.get(scan.inBase, severity, null),
		"source": scan.source,
	},
} if {
	scan := input.vulnerabilities
	scan.known
	found := scan.counts[severity]
	found > allowed
}

inherited(severity) := $"; {input.vulnerabilities.inBase[severity]} of them come from the base" if {
	is_number(input.vulnerabilities.inBase[severity])
} else := ""
