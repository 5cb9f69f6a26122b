/**
 * What judging images produced: outcomes, verdicts, and the results of a run as reports and tickets
 * read them.
 */
@NullMarked
package dev.tare.finding;

import org.jspecify.annotations.NullMarked;
