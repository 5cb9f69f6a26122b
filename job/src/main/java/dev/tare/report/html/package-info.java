/** The HTML page. */
@NullMarked
package dev.tare.report.html;

import org.jspecify.annotations.NullMarked;
