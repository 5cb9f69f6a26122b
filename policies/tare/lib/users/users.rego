# METADATA
# description: The user that the image configures.
package tare.lib.users

# The part before the group: 0 of 0:0, app of app:staff; empty where none is configured.
name := split(input.image.config.user, ":")[0] if {
	is_string(input.image.config.user)
} else := ""

# METADATA
# description: Whether it is a number.
numeric if {
	name != ""
	trim(name, "0123456789") == ""
}
