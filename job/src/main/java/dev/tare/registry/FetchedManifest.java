package dev.tare.registry;

import dev.tare.oci.Descriptor;

/**
 * A manifest or index as the registry sent it.
 *
 * @param descriptor media type (of the document or, where it says none, of the answer), digest
 *     (verified) and size
 * @param content the bytes the digest is of
 */
public record FetchedManifest(Descriptor descriptor, byte[] content) {}
