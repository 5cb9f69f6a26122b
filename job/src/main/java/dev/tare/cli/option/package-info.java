/** Groups of options that several commands share. */
@NullMarked
package dev.tare.cli.option;

import org.jspecify.annotations.NullMarked;
