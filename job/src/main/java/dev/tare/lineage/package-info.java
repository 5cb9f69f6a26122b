/** Which images an image stands on, with the evidence for it. */
@NullMarked
package dev.tare.lineage;

import org.jspecify.annotations.NullMarked;
