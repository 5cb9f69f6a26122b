/** Evidence for auditors: Markdown and OSCAL. */
@NullMarked
package dev.tare.report.compliance;

import org.jspecify.annotations.NullMarked;
