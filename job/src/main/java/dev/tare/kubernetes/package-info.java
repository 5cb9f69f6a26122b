/** What a Kubernetes cluster runs now: which images, and which workloads use them. */
@NullMarked
package dev.tare.kubernetes;

import org.jspecify.annotations.NullMarked;
