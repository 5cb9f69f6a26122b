package dev.tare.rebase;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tare.diff.ImageDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one image would be on another base.
 *
 * @param image as it was asked for
 * @param platform {@code linux/amd64}
 * @param from what it is built on now
 * @param onto as it was asked for
 * @param ownLayers how many layers are its own
 * @param ownBytes their compressed bytes
 * @param ownPackages packages of systems that own layers add or have in another version, {@code
 *     curl 7.88.1-10}; the versions are those of today's image
 * @param obstacles what speaks against it
 * @param notKnown what the prediction does not know, a sentence each
 * @param diff from the image as it is to the one that it would be; null where it has to be rebuilt
 *     to be known
 * @param vulnerabilities how known vulnerabilities change; null as the difference, and where they
 *     are not known of both
 */
public record Rebase(
    String image,
    String platform,
    String from,
    String onto,
    Standing standing,
    int ownLayers,
    long ownBytes,
    List<String> ownPackages,
    List<Obstacle> obstacles,
    List<String> notKnown,
    @Nullable ImageDiff diff,
    @Nullable VulnerabilityChange vulnerabilities) {
  /** How far what is predicted can be relied on. */
  public enum Standing {
    /** Own layers leave the package databases as they are: the result is that of a build. */
    COPIED("copied"),
    /** Own layers installed packages of the same release of the distribution. */
    INSTALLED("installed"),
    /** They installed packages of another one: which versions there would be is not known. */
    INSTALLED_ELSEWHERE("installed-elsewhere"),
    /** Nothing is predicted. */
    REBUILD_NEEDED("rebuild-needed");

    private final String word;

    Standing(String word) {
      this.word = word;
    }

    /** As documents name it. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  /** Copies the lists. */
  public Rebase {
    ownPackages = List.copyOf(ownPackages);
    obstacles = List.copyOf(obstacles);
    notKnown = List.copyOf(notKnown);
  }
}
