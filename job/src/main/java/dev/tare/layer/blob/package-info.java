/** The bytes of a blob on their way in: counted, hashed, decompressed. */
@NullMarked
package dev.tare.layer.blob;

import org.jspecify.annotations.NullMarked;
