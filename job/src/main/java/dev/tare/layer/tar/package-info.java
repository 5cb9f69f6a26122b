/** The tar inside a layer, header by header, within limits. */
@NullMarked
package dev.tare.layer.tar;

import org.jspecify.annotations.NullMarked;
