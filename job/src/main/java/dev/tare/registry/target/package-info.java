/** What is meant by a target, in which order. */
@NullMarked
package dev.tare.registry.target;

import org.jspecify.annotations.NullMarked;
