/** Words that people write and read, whatever they are about. */
@NullMarked
package dev.tare.text;

import org.jspecify.annotations.NullMarked;
