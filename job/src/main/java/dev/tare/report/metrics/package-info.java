/** OpenMetrics. */
@NullMarked
package dev.tare.report.metrics;

import org.jspecify.annotations.NullMarked;
