/** Secrets in files, variables and commands: found, never kept. */
@NullMarked
package dev.tare.inspect.secret;

import org.jspecify.annotations.NullMarked;
