/** Keeps facts, outcomes and runs in a relational database. */
@NullMarked
package dev.tare.store;

import org.jspecify.annotations.NullMarked;
