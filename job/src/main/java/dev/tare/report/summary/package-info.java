/** The summary of a run for the place where people talk about a change. */
@NullMarked
package dev.tare.report.summary;

import org.jspecify.annotations.NullMarked;
