/** Feeds of advisories in a database. */
@NullMarked
package dev.tare.store.feed;

import org.jspecify.annotations.NullMarked;
