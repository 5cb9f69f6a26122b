package dev.tare.lineage;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Digest;
import java.util.List;

/**
 * Registries, asked for bases that no scan has listed. Safe for concurrent use. Every method throws
 * {@link TareException} where it cannot answer: NOT_FOUND where there is no such image any more.
 */
public interface BaseRegistry {
  /** What the tag of a normalised name names now. */
  Digest currentDigest(String name);

  /** The image with this digest, or those of all platforms of the index with this digest. */
  List<KnownImage> images(String name, Digest digest);

  /** Asks nobody. */
  BaseRegistry NONE =
      new BaseRegistry() {
        @Override
        public Digest currentDigest(String name) {
          throw notAsked(name);
        }

        @Override
        public List<KnownImage> images(String name, Digest digest) {
          throw notAsked(name);
        }

        private TareException notAsked(String name) {
          return new TareException(
              FailureKind.DENIED, "look up " + name + ": no registry is asked");
        }
      };
}
