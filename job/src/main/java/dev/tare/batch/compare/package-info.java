/** Images that people name, of the last scan or anywhere else, to set them beside each other. */
@NullMarked
package dev.tare.batch.compare;

import org.jspecify.annotations.NullMarked;
