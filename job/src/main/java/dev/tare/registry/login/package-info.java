/** Who Tare is at a registry: what the environment and the files of other programs say. */
@NullMarked
package dev.tare.registry.login;

import org.jspecify.annotations.NullMarked;
