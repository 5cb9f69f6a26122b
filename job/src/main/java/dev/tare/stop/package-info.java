/**
 * Whether this process is to end before its work is done, for all that waits: to be asked, to be
 * woken by, to hang what must be cut off on.
 */
@NullMarked
package dev.tare.stop;

import org.jspecify.annotations.NullMarked;
