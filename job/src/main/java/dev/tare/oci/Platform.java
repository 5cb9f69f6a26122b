package dev.tare.oci;

import org.jspecify.annotations.Nullable;

/** An operating system and processor an image is for, written {@code linux/arm64/v8}. */
public record Platform(String os, String architecture, @Nullable String variant) {
  /** Parses {@code os/arch[/variant]}; throws IllegalArgumentException for anything else. */
  public static Platform parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length < 2 || parts.length > 3 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new IllegalArgumentException(
          "platform \"" + text + "\": expected os/architecture[/variant], for example linux/amd64");
    }
    return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : null);
  }

  /**
   * Whether a container can be started from it; attestations carry the platform {@code
   * unknown/unknown}.
   */
  public boolean isRunnable() {
    return !os.equals("unknown") && !architecture.equals("unknown");
  }

  /**
   * Whether an image of platform {@code other} is meant by this one; a missing variant here means
   * any variant.
   */
  public boolean accepts(Platform other) {
    return os.equals(other.os)
        && architecture.equals(other.architecture)
        && (variant == null || variant.equals(other.variant));
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant == null ? "" : "/" + variant);
  }
}
