/** The commands, a class for each. */
@NullMarked
package dev.tare.cli.command;

import org.jspecify.annotations.NullMarked;
