/** Maven artifacts in jars. */
@NullMarked
package dev.tare.inspect.packages.java;

import org.jspecify.annotations.NullMarked;
