/** What a format is: it takes a run image by image. */
@NullMarked
package dev.tare.report.format;

import org.jspecify.annotations.NullMarked;
