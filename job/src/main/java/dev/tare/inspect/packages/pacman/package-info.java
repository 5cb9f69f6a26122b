/** Arch Linux's pacman. */
@NullMarked
package dev.tare.inspect.packages.pacman;

import org.jspecify.annotations.NullMarked;
