/** What configuration and accounts of an image say. */
@NullMarked
package dev.tare.inspect.config;

import org.jspecify.annotations.NullMarked;
