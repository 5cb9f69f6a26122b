package dev.tare.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A process that works on a state: whose, where, since when. As text it reads {@code ci on build-7
 * (process 4711) since 2026-11-29 02:00:00 UTC}.
 */
record Holder(String user, String host, long process, Instant since) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** This process, from now on. */
  static Holder self() {
    return new Holder(
        System.getProperty("user.name", "somebody"),
        hostName(),
        ProcessHandle.current().pid(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Without a look-up: a name service that is slow would be waited for by every command. */
  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      String name = System.getenv("HOSTNAME");
      return name == null ? System.getenv().getOrDefault("COMPUTERNAME", "this machine") : name;
    }
  }

  /** Whether it may still be there: false only for a process of this machine that has ended. */
  boolean mayLive() {
    return !host.equals(hostName()) || ProcessHandle.of(process).isPresent();
  }

  @Override
  public String toString() {
    return user + " on " + host + " (process " + process + ") since " + TIME.format(since);
  }
}
