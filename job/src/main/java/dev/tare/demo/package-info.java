/** A loopback registry with sample images, for the demo and for tests. */
@NullMarked
package dev.tare.demo;

import org.jspecify.annotations.NullMarked;
