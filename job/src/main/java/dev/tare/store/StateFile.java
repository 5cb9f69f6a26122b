package dev.tare.store;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database's file before it is opened. The database takes a file of which parts are
 * lost for an older one, or a new one, and says nothing of what is lost.
 *
 * <p>Its first line says, where it was closed properly, in which block its newest part begins, and
 * which version of all that was:
 *
 * <pre>
 * H:2,block:43,blockSize:1000,chunk:12,clean:1,created:19ad…,format:3,version:12,fletcher:…
 * </pre>
 */
final class StateFile {
  static final String DAMAGED_HINT =
      "Move it away: layers are read again, and earlier runs are forgotten.";

  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
  private static final int HEADER_BYTES = 4096;
  private static final String PART = "chunk:";
  private static final long BLOCK_BYTES = 4096;
  private static final Pattern CLOSED =
      Pattern.compile(
          "H:2,block:(?<block>[0-9a-f]{1,12}),[^\\n]*clean:1,[^\\n]*version:(?<version>[0-9a-f]{1,15}),");

  private StateFile() {}

  /** Throws ENVIRONMENT where the file is none, or lacks a part that it had when it was closed. */
  static void check(Path file) {
    if (Files.notExists(file)) {
      return;
    }
    if (Files.isDirectory(file)) {
      throw damaged(file, "it is a directory, not a file");
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      if (size == 0) {
        LOG.atWarn()
            .addKeyValue("file", file)
            .log("the state was empty: nothing is known of earlier runs");
        return;
      }
      Matcher closed = CLOSED.matcher(text(channel, 0, HEADER_BYTES));
      if (!closed.lookingAt()) {
        return; // Its process was killed: the database finds out itself what was the last.
      }
      long newest = Long.parseLong(closed.group("block"), 16) * BLOCK_BYTES;
      if (newest >= size) {
        throw damaged(file, "it is cut off at " + size + " bytes");
      }
      if (!text(channel, newest, PART.length()).equals(PART)) {
        throw damaged(file, "its file is damaged at byte " + newest);
      }
      requireAllParts(file, channel, Long.parseLong(closed.group("version"), 16));
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "open state file " + file + ": " + FileReason.of(e),
          "Check the file's permissions, or name another place with --state.",
          e);
    }
  }

  /** The parts that the newest one names, each by where it begins. */
  private static void requireAllParts(Path file, SeekableByteChannel channel, long version)
      throws IOException {
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
      if (store.getCurrentVersion() != version) {
        throw damaged(file, "its file is damaged: its newest part cannot be read");
      }
      for (Map.Entry<String, String> part : store.getLayoutMap().entrySet()) {
        if (part.getKey().startsWith("chunk.")) {
          requirePart(file, channel, DataUtils.parseMap(part.getValue()));
        }
      }
    } catch (MVStoreException e) {
      if (e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED) { // The database says who has it.
        throw damaged(file, "its file is damaged (" + e.getMessage() + ")");
      }
    }
  }

  private static void requirePart(Path file, SeekableByteChannel channel, Map<String, String> part)
      throws IOException {
    long begin = DataUtils.readHexLong(part, "block", 0) * BLOCK_BYTES;
    long bytes = DataUtils.readHexLong(part, "len", 0) * BLOCK_BYTES;
    if (begin == 0) {
      return; // Nothing of it is in use.
    }
    if (begin + bytes > channel.size()) {
      throw damaged(file, "it is cut off at " + channel.size() + " bytes");
    }
    if (!text(channel, begin, PART.length()).equals(PART)) {
      throw damaged(file, "its file is damaged at byte " + begin);
    }
  }

  private static String text(SeekableByteChannel channel, long position, int bytes)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    channel.position(position);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Until it is full or the file ends.
    }
    return StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
  }

  private static TareException damaged(Path file, String what) {
    return new TareException(
        FailureKind.ENVIRONMENT, "open state file " + file + ": " + what, DAMAGED_HINT);
  }
}
