/** Escapes untrusted text for each format. */
@NullMarked
package dev.tare.report.text;

import org.jspecify.annotations.NullMarked;
