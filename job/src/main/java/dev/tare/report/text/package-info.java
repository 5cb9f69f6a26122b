/** Foreign text on its way into a format. */
@NullMarked
package dev.tare.report.text;

import org.jspecify.annotations.NullMarked;
