/** The findings that are known: with a baseline only new ones fail. */
@NullMarked
package dev.tare.baseline;

import org.jspecify.annotations.NullMarked;
