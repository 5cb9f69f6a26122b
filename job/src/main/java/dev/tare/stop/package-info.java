/**
 * The signal that this process is to end before its work is done: whatever waits can ask for it, is
 * woken by it, and registers what it has to cut off.
 */
@NullMarked
package dev.tare.stop;

import org.jspecify.annotations.NullMarked;
