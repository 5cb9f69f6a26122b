package dev.tare.layer.partial;

/**
 * What fetching parts costs, by which it is decided whether they pay.
 *
 * @param leastBlobBytes below this, one request for all of a blob costs less
 * @param requestBytes as much as one more request: so many bytes are rather passed over
 * @param tailBytes of the end of a blob that are fetched at once, at least
 */
public record FetchCosts(long leastBlobBytes, int requestBytes, int tailBytes) {
  /** For a registry some milliseconds away. */
  public static final FetchCosts USUAL = new FetchCosts(1 << 20, 128 << 10, 64 << 10);
}
