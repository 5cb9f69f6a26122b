/** Facts of layers, joined to the facts of an image. */
@NullMarked
package dev.tare.batch.describe;

import org.jspecify.annotations.NullMarked;
