package dev.tare.oci;

import java.util.Locale;
import java.util.Objects;
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
   * Whether an image of platform {@code other} is meant by this one, however the two are written; a
   * missing variant here means any variant.
   */
  public boolean accepts(Platform other) {
    Platform one = normalised();
    Platform normalised = other.normalised();
    return one.os.equals(normalised.os)
        && one.architecture.equals(normalised.architecture)
        && (variant == null || Objects.equals(one.variant, normalised.variant));
  }

  /**
   * The one way to write this platform that container runtimes have for it: {@code linux/amd64} for
   * {@code linux/x86_64}, {@code linux/arm64} for {@code linux/aarch64} and {@code linux/arm64/v8},
   * {@code linux/arm/v7} for {@code linux/arm} and {@code linux/armhf}.
   *
   * @see <a href="https://github.com/containerd/platforms/blob/main/database.go">normalizeOS and
   *     normalizeArch of containerd</a>
   */
  public Platform normalised() {
    String lower = architecture.toLowerCase(Locale.ROOT);
    String written = variant == null ? "" : variant.toLowerCase(Locale.ROOT);
    String system = os.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "i386" -> of(system, "386", "");
      case "x86_64", "x86-64", "amd64" -> of(system, "amd64", written.equals("v1") ? "" : written);
      case "aarch64", "arm64" ->
          of(system, "arm64", written.equals("8") || written.equals("v8") ? "" : written);
      case "armhf" -> of(system, "arm", "v7");
      case "armel" -> of(system, "arm", "v6");
      case "arm" ->
          of(
              system,
              "arm",
              switch (written) {
                case "" -> "v7";
                case "5", "6", "7", "8" -> "v" + written;
                default -> written;
              });
      default -> of(system, lower, written);
    };
  }

  private static Platform of(String system, String architecture, String variant) {
    return new Platform(
        system.equals("macos") ? "darwin" : system,
        architecture,
        variant.isEmpty() ? null : variant);
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variant == null ? "" : "/" + variant);
  }
}
