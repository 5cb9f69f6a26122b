package dev.tare.kubernetes;

/** Knows what clusters run. */
@FunctionalInterface
public interface ClusterInventory {
  /**
   * What runs there now: the containers of all pods that have not ended, whatever owns them.
   *
   * @throws dev.tare.error.TareException USAGE for a context that does not exist, ENVIRONMENT where
   *     the API server cannot be reached or refuses the credentials, DENIED where a permission is
   *     missing, LIMIT for more pods than are read
   */
  ClusterListing list(ClusterTarget target);
}
