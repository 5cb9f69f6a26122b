/** Policy reports. */
@NullMarked
package dev.tare.report.kubernetes;

import org.jspecify.annotations.NullMarked;
