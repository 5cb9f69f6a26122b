/** The packages of a run's images, matched with feeds of advisories. */
@NullMarked
package dev.tare.batch.match;

import org.jspecify.annotations.NullMarked;
