package dev.tare.testing;

import java.util.ArrayList;
import java.util.List;

/** Copies and inspects images with skopeo; a test is skipped, with a word, where there is none. */
public final class Skopeo {
  private Skopeo() {}

  /** Pushes an image, {@code oci:DIR:TAG} or {@code docker-archive:FILE}, all platforms of it. */
  public static void push(String source, String reference, String... options) {
    List<String> command =
        new ArrayList<>(List.of("skopeo", "copy", "-q", "--all", "--dest-tls-verify=false"));
    command.addAll(List.of(options));
    command.addAll(List.of(source, "docker://" + reference));
    Programs.run(command.toArray(String[]::new));
  }

  /** The manifest as it is stored. */
  public static String rawManifest(String reference) {
    return Programs.run(
        "skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + reference);
  }

  /** What skopeo's {@code --format} makes of an image. */
  public static String inspect(String reference, String format) {
    return Programs.run(
            "skopeo",
            "inspect",
            "--tls-verify=false",
            "--no-tags",
            "--format",
            format,
            "docker://" + reference)
        .strip();
  }
}
