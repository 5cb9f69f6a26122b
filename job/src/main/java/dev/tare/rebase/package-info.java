/** What an image would be on another base, by what is known of its layers and of that base. */
@NullMarked
package dev.tare.rebase;

import org.jspecify.annotations.NullMarked;
