# METADATA
# description: |
#   Access to settings. The program hands over one merged document per image as data.tare.settings.defaults; where it also holds
#   profiles, as it does in this directory, the one that input.profile names is laid over the defaults here.
package tare.lib.settings

# METADATA
# description: The settings of one rule.
# scope: document
of(id) := object.union(defaults(id), changes) if {
	changes := data.tare.settings.profiles[input.profile].rules[id]
} else := defaults(id)

defaults(id) := object.get(data.tare.settings.defaults.rules, id, {})

# METADATA
# description: Whether the rule is to be evaluated.
# scope: document
enabled(id) if object.get(of(id), "enabled", true)
