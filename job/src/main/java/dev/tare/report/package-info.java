/** Writes a run's results, one writer a format. */
@NullMarked
package dev.tare.report;

import org.jspecify.annotations.NullMarked;
