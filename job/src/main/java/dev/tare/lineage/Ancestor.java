package dev.tare.lineage;

import dev.tare.oci.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image this one stands on.
 *
 * @param layers how many layers it has, counted from the root
 * @param evidence why it is held to be one: {@code annotation}, {@code layers}, {@code provenance},
 *     {@code history}, {@code family}
 * @param confidence 0 to 1
 * @param tie whether the evidence fits other images equally well, which are listed too
 */
public record Ancestor(
    String reference,
    @Nullable Digest digest,
    int layers,
    List<String> evidence,
    double confidence,
    boolean tie) {
  /** Copies the evidence. */
  public Ancestor {
    evidence = List.copyOf(evidence);
  }
}
