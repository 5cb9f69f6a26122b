/** What the readers of package databases have in common. */
@NullMarked
package dev.tare.inspect.packages.reader;

import org.jspecify.annotations.NullMarked;
