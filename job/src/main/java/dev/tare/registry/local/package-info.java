/** Images on this machine: OCI layouts and saved archives. */
@NullMarked
package dev.tare.registry.local;

import org.jspecify.annotations.NullMarked;
