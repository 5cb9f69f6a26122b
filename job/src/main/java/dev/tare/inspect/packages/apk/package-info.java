/** Alpine's and Wolfi's apk. */
@NullMarked
package dev.tare.inspect.packages.apk;

import org.jspecify.annotations.NullMarked;
