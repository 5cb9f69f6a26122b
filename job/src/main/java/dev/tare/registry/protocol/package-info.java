/** The distribution API: one small class for each request. */
@NullMarked
package dev.tare.registry.protocol;

import org.jspecify.annotations.NullMarked;
