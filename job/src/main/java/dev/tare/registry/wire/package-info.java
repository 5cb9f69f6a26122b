/** What registries add to HTTP: their names, what is asked of them, what their failures mean. */
@NullMarked
package dev.tare.registry.wire;

import org.jspecify.annotations.NullMarked;
