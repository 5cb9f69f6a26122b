/** opkg of OpenWrt, Yocto and Entware. */
@NullMarked
package dev.tare.inspect.packages.opkg;

import org.jspecify.annotations.NullMarked;
