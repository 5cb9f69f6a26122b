/** The jobs: Spring Batch steps from a target to reports and tickets. */
@NullMarked
package dev.tare.batch;

import org.jspecify.annotations.NullMarked;
