/** Writes a run's results, with one writer for each format. */
@NullMarked
package dev.tare.report;

import org.jspecify.annotations.NullMarked;
