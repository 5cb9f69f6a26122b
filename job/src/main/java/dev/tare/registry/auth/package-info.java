/** Credentials and tokens. */
@NullMarked
package dev.tare.registry.auth;

import org.jspecify.annotations.NullMarked;
