/** The file of an embedded database, looked at before it is opened. */
@NullMarked
package dev.tare.store.file;

import org.jspecify.annotations.NullMarked;
