/** Homebrew's Cellar. */
@NullMarked
package dev.tare.inspect.packages.homebrew;

import org.jspecify.annotations.NullMarked;
