/** What changed since the last run, as one short message. */
@NullMarked
package dev.tare.report.digest;

import org.jspecify.annotations.NullMarked;
