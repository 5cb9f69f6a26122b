/** Values as they stand in columns, and how facts are put together of several. */
@NullMarked
package dev.tare.store.packed;

import org.jspecify.annotations.NullMarked;
