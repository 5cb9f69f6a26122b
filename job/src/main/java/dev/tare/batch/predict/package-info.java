/** What images would be on other bases, at the end of a scan. */
@NullMarked
package dev.tare.batch.predict;

import org.jspecify.annotations.NullMarked;
