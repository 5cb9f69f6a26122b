/** Which images an image is built on, with the evidence for it. */
@NullMarked
package dev.tare.lineage;

import org.jspecify.annotations.NullMarked;
