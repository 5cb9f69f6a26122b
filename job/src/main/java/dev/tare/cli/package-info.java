/** The commands people type and what they see. */
@NullMarked
package dev.tare.cli;

import org.jspecify.annotations.NullMarked;
