package main

# METADATA
# title: Too many layers
# description: As Conftest's documentation writes it, with a limit from data.json.
# custom:
#   severity: medium
#   controls:
#     cis-docker: ["4.3"]
deny contains msg if {
	input.layerCount > data.limits.layers
	msg := sprintf("%v layers, %v are allowed", [input.layerCount, data.limits.layers])
}

deny_root contains "runs as root" if input.image.config.user == null

violation contains {"msg": "no such thing", "details": {"layers": input.layerCount}} if input.layerCount > 99
