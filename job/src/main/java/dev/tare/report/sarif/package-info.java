/** SARIF, for code scanning. */
@NullMarked
package dev.tare.report.sarif;

import org.jspecify.annotations.NullMarked;
