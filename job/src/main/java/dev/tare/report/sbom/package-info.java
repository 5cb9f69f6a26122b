/** Package inventories. */
@NullMarked
package dev.tare.report.sbom;

import org.jspecify.annotations.NullMarked;
