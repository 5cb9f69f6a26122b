/** Starts Tare: main class, configuration, wiring. */
@NullMarked
package dev.tare.app;

import org.jspecify.annotations.NullMarked;
