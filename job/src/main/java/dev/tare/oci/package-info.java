/**
 * The nouns of the OCI image and distribution specifications: digest, descriptor, manifest, index,
 * config, platform, reference.
 */
@NullMarked
package dev.tare.oci;

import org.jspecify.annotations.NullMarked;
