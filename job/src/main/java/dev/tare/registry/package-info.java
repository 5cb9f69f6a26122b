/** Where images come from: the distribution protocol, enumeration, credentials. */
@NullMarked
package dev.tare.registry;

import org.jspecify.annotations.NullMarked;
