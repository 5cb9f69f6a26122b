/**
 * Reads one layer blob as a stream: verifies, decompresses, walks the tar within limits, and keeps
 * a path-sorted index of it.
 */
@NullMarked
package dev.tare.layer;

import org.jspecify.annotations.NullMarked;
