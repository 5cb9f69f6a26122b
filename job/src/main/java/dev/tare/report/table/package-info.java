/** CSV and JUnit: a row or a case for each result. */
@NullMarked
package dev.tare.report.table;

import org.jspecify.annotations.NullMarked;
