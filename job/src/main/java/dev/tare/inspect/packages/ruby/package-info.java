/** Ruby's gems. */
@NullMarked
package dev.tare.inspect.packages.ruby;

import org.jspecify.annotations.NullMarked;
