package dev.tare.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Advisories about packages of the sample images. They are as made up as these: no identifier, and
 * nothing that is said of a version, comes from a real advisory.
 */
public final class SampleFeed {
  private SampleFeed() {}

  /** One record of OSV. */
  private record Sample(
      String id, String ecosystem, List<String> names, String severity, String event) {
    String json() {
      String affected =
          names.stream()
              .map(name ->
                  "{\"package\": {\"ecosystem\": \"%s\", \"name\": \"%s\"}, \"ranges\": [{\"type\": \"ECOSYSTEM\", \"events\": [{\"introduced\": \"0\"}%s]}]}"
                      .formatted(ecosystem, name, event))
              .reduce((one, other) -> one + ",\n    " + other)
              .orElse("");
      return """
      {"id": "%s", "modified": "2026-11-01T00:00:00Z",
       "summary": "Made up for the demo",
       "affected": [
          %s],
       "database_specific": {"severity": "%s"}}
      """
          .formatted(id, affected, severity);
    }
  }

  private static final List<Sample> RECORDS =
      List.of(
          new Sample(
              "DEMO-2026-0001",
              "Debian:12",
              List.of("curl", "libcurl4"),
              "CRITICAL",
              fixed("7.88.1-10+deb12u6")),
          new Sample(
              "DEMO-2026-0002", "Debian:12", List.of("libc6"), "HIGH", fixed("2.36-9+deb12u7")),
          new Sample("DEMO-2026-0003", "Debian:12", List.of("zlib1g"), "LOW", ""),
          new Sample(
              "DEMO-2026-0004", "Alpine:v3.20", List.of("busybox"), "HIGH", fixed("1.36.1-r30")),
          new Sample("DEMO-2026-0005", "Alpine:v3.20", List.of("musl"), "MEDIUM", ""),
          new Sample(
              "DEMO-2026-0006",
              "Maven",
              List.of("com.example:web-search"),
              "MEDIUM",
              fixed("1.5")));

  private static String fixed(String version) {
    return ", {\"fixed\": \"" + version + "\"}";
  }

  /**
   * Writes a file for each record of OSV, and a list of what is used in attacks.
   *
   * @param directory is made where it is not there
   */
  public static void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Sample one : RECORDS) {
      Files.writeString(directory.resolve(one.id() + ".json"), one.json());
    }
    Files.writeString(
        directory.resolve("exploited.json"),
        """
        {"title": "Made up for the demo", "catalogVersion": "2026.11.01", "dateReleased": "2026-11-01T00:00:00Z",
         "vulnerabilities": [{"cveID": "DEMO-2026-0001"}]}
        """);
  }
}
