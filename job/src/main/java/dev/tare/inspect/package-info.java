/**
 * Merges the facts of layers to the facts of an image: file system, tools, packages, configuration.
 */
@NullMarked
package dev.tare.inspect;

import org.jspecify.annotations.NullMarked;
