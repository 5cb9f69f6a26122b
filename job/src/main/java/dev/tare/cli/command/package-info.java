/** The commands, one a class. */
@NullMarked
package dev.tare.cli.command;

import org.jspecify.annotations.NullMarked;
