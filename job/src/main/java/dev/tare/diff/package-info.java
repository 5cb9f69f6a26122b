/** What differs between two images, by their facts and by what rules say of them. */
@NullMarked
package dev.tare.diff;

import org.jspecify.annotations.NullMarked;
