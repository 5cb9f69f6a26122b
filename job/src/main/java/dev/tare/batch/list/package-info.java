/** Listing: targets to repositories, tags, manifests. */
@NullMarked
package dev.tare.batch.list;

import org.jspecify.annotations.NullMarked;
