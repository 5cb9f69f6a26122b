/**
 * Failures as people and programs see them: what happened, of which kind, and what to do. Knows the
 * JDK only.
 */
@NullMarked
package dev.tare.error;

import org.jspecify.annotations.NullMarked;
