/** How the content of files is read: bytes at places, lines, texts in it, names. */
@NullMarked
package dev.tare.inspect.content;

import org.jspecify.annotations.NullMarked;
