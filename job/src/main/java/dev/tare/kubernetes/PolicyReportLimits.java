package dev.tare.kubernetes;

/**
 * How much a run may leave in a cluster, whose etcd usually holds 2 GiB in all.
 *
 * @param reports at most
 * @param bytes of all of them, as they are sent
 * @param pageSize reports an answer; each may have a megabyte
 */
record PolicyReportLimits(int reports, long bytes, int pageSize) {
  static final PolicyReportLimits DEFAULTS = new PolicyReportLimits(5_000, 200_000_000, 20);
}
