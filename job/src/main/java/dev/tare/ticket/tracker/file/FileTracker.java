package dev.tare.ticket.tracker.file;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import dev.tare.ticket.KnownTicket;
import dev.tare.ticket.KnownTickets;
import dev.tare.ticket.Ticket;
import dev.tare.ticket.TicketKey;
import dev.tare.ticket.TicketTracker;
import dev.tare.ticket.UnreadableTicket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one Markdown file for each ticket in a directory. A file has a front matter for programs, a
 * part that Tare replaces, and below {@link TicketFile#NOTES} the notes of people, which it keeps
 * byte for byte.
 *
 * <p>A name is {@code team-app.v-x.1f2e3d4c5b6a7988.md}: repository, tag line, and a digest of the
 * whole key, so that two keys never share a file, also where case does not count. A file may be
 * renamed: its front matter says which ticket it is. Files of people beside them are left alone.
 *
 * <p>Written to a temporary file first and moved into place, so that a reader sees the old or the
 * new ticket whole. One process at a time.
 */
public final class FileTracker implements TicketTracker {
  private static final Pattern OURS = Pattern.compile(".*\\.[0-9a-f]{16}\\.md");
  private static final Pattern NO_NAME = Pattern.compile("[^a-z0-9.]+");
  private static final int MAX_NAME = 120;

  /** Longest file that is read. */
  private static final int MAX_BYTES = 1 << 21;

  private final Path directory;

  /**
   * A tracker in this directory, which is created with the first ticket.
   *
   * @param directory {@code tickets} in the output directory
   */
  public FileTracker(Path directory) {
    this.directory = directory;
  }

  @Override
  public String name() {
    return "file";
  }

  @Override
  public String place() {
    return "file:" + directory.toAbsolutePath().normalize();
  }

  @Override
  public KnownTickets known() {
    Map<TicketKey, KnownTicket> tickets = new HashMap<>();
    List<UnreadableTicket> unreadable = new ArrayList<>();
    for (Path file : files()) {
      String location = file.toString();
      try {
        TicketFile content = TicketFile.parse(read(file));
        KnownTicket ticket = new KnownTicket(content.data(), location);
        KnownTicket other = tickets.putIfAbsent(ticket.data().key(), ticket);
        if (other != null) {
          unreadable.add(
              new UnreadableTicket(
                  location, "is a second ticket about the same as " + other.location()));
        }
      } catch (IOException | IllegalArgumentException e) {
        if (OURS.matcher(file.getFileName().toString()).matches()) {
          unreadable.add(new UnreadableTicket(location, String.valueOf(e.getMessage())));
        }
      }
    }
    return new KnownTickets(List.copyOf(tickets.values()), unreadable);
  }

  @Override
  public String write(Ticket ticket, @Nullable String location) {
    Path file =
        location == null ? directory.resolve(fileName(ticket.data().key())) : Path.of(location);
    try {
      Files.createDirectories(directory);
      String notes = location == null ? TicketFile.NO_NOTES : notes(ticket, file);
      replace(file, TicketFile.text(ticket, notes), location == null);
      return file.toString();
    } catch (FileAlreadyExistsException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "write ticket " + file + ": a file that is not a readable ticket is in its place",
          "Look what it holds, then move it away.",
          e);
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "write ticket " + file + ": " + FileReason.of(e),
          "Name a directory you may write to with --output.",
          e);
    } catch (IllegalArgumentException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "write ticket " + file + ": what is there is no readable ticket: " + e.getMessage(),
          "Look what it holds, then move it away.",
          e);
    }
  }

  /** {@code team-app.v-x.1f2e3d4c5b6a7988.md}. */
  public static String fileName(TicketKey key) {
    String readable = slug(key.repository()) + "." + slug(key.line().text().replace("*", "x"));
    String cut = readable.length() > MAX_NAME ? readable.substring(0, MAX_NAME) : readable;
    return cut + "." + key.mark() + ".md";
  }

  private static String slug(String text) {
    return NO_NAME.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-");
  }

  private List<Path> files() {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.md")) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          files.add(entry);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of(); // no ticket yet
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "read tickets in " + directory + ": " + FileReason.of(e),
          "Name a directory you may read with --output.",
          e);
    }
    files.sort(null);
    return files;
  }

  /** The notes as they are now: somebody may have written while the run went on. */
  private static String notes(Ticket ticket, Path file) throws IOException {
    TicketFile now = TicketFile.parse(read(file));
    if (!now.data().key().equals(ticket.data().key())) {
      throw new IllegalArgumentException(
          "expected a ticket about " + ticket.data().key() + ", found " + now.data().key());
    }
    return now.notes();
  }

  private static String read(Path file) throws IOException {
    byte[] bytes;
    try (var in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException("is longer than " + MAX_BYTES + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is not UTF-8", e);
    }
  }

  private void replace(Path file, String text, boolean isNew) throws IOException {
    if (isNew && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    // Not Files.createTempFile: a ticket shall have the permissions that the user's umask gives.
    Path temporary = directory.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
