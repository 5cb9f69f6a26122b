/** Packages of JavaScript and Python. */
@NullMarked
package dev.tare.inspect.packages.node;

import org.jspecify.annotations.NullMarked;
