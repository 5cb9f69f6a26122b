/** Rust's crates. */
@NullMarked
package dev.tare.inspect.packages.rust;

import org.jspecify.annotations.NullMarked;
