/** rpm: SQLite, ndb and Berkeley DB, and the headers in them. */
@NullMarked
package dev.tare.inspect.packages.rpm;

import org.jspecify.annotations.NullMarked;
