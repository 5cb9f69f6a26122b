package dev.tare.kubernetes;

import dev.tare.finding.Workload;
import dev.tare.oci.Reference;

/**
 * A container and the image it runs.
 *
 * @param image with the digest that the node pulled, where the cluster knows it; of an image with
 *     several platforms that is the index's
 */
public record RunningContainer(Reference image, Workload workload) {}
