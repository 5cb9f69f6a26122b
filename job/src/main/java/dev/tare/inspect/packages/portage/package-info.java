/** Gentoo's Portage. */
@NullMarked
package dev.tare.inspect.packages.portage;

import org.jspecify.annotations.NullMarked;
