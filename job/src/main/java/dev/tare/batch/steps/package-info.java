/** The steps of a run: what each reads, does and writes. */
@NullMarked
package dev.tare.batch.steps;

import org.jspecify.annotations.NullMarked;
