/** report.json, and the parts of it that the page shares. */
@NullMarked
package dev.tare.report.json;

import org.jspecify.annotations.NullMarked;
