package dev.tare.kubernetes;

/**
 * How much is read of a cluster.
 *
 * @param pageSize objects an answer
 * @param pods at most
 */
record ClusterLimits(int pageSize, int pods) {
  /** Kubernetes itself is tested up to 150,000 pods. */
  static final ClusterLimits DEFAULTS = new ClusterLimits(500, 300_000);
}
