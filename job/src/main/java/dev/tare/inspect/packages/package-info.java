/** Finds the packages of an image. Each package manager is a room of its own below this one. */
@NullMarked
package dev.tare.inspect.packages;

import org.jspecify.annotations.NullMarked;
