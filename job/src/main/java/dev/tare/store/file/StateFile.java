package dev.tare.store.file;

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
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded database's file before it is opened. The database takes a file of which parts are
 * lost for an older one, or a new one, and says nothing of what is lost.
 *
 * <p>The file begins with two copies of a line. The newer one says which version of all was written
 * last, in which block its part begins, and whether the file was closed properly:
 *
 * <pre>
 * H:2,block:43,blockSize:1000,chunk:12,clean:1,created:19ad…,format:3,version:12,fletcher:…
 * </pre>
 */
public final class StateFile {
  /** What to do about a file that is damaged. */
  public static final String DAMAGED_HINT =
      "Move it away: layers are read again, and earlier runs are forgotten.";

  private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
  private static final String PART = "chunk:";
  private static final int BLOCK_BYTES = 4096;

  private StateFile() {}

  /** Throws ENVIRONMENT where the file is none, or lacks a part that it had when it was written. */
  public static void check(Path file) {
    if (Files.notExists(file)) {
      return;
    }
    if (Files.isDirectory(file)) {
      throw damaged(file, "it is a directory, not a file");
    }
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      if (channel.size() == 0) {
        LOG.atWarn()
            .addKeyValue("file", file)
            .log("the state was empty: nothing is known of earlier runs");
        return;
      }
      Map<String, String> written = written(channel);
      if (written.containsKey("version")) {
        requireAll(file, channel, written);
      }
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "open state file " + file + ": " + FileReason.of(e),
          "Check the file's permissions, or name another place with --state.",
          e);
    }
  }

  /** What the newer of the first two lines says; empty where neither can be read. */
  private static Map<String, String> written(SeekableByteChannel channel) throws IOException {
    Map<String, String> newest = Map.of();
    for (int block = 0; block < 2; block++) {
      String line =
          text(channel, (long) block * BLOCK_BYTES, BLOCK_BYTES).lines().findFirst().orElse("");
      Map<String, String> fields = fields(line);
      if (newest.isEmpty() || version(fields) > version(newest)) {
        newest = fields;
      }
    }
    return newest;
  }

  private static Map<String, String> fields(String line) {
    try {
      return line.startsWith("H:2,") ? DataUtils.parseMap(line) : Map.of();
    } catch (MVStoreException e) {
      return Map.of(); // Half written, or not the database's: the other copy may be whole.
    }
  }

  private static long version(Map<String, String> fields) {
    return DataUtils.readHexLong(fields, "version", 0);
  }

  /**
   * Requires the version that was written last, and, of a file that was closed, the parts that it
   * names, each by where it begins. What a killed process was still writing is not missed.
   */
  private static void requireAll(
      Path file, SeekableByteChannel channel, Map<String, String> written) throws IOException {
    boolean closed = written.containsKey("clean");
    if (closed) {
      requirePart(file, channel, DataUtils.readHexLong(written, "block", 0), 1);
    }
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
      if (store.getCurrentVersion() < version(written)) {
        throw damaged(file, "its file is damaged: its newest part cannot be read");
      }
      for (Map.Entry<String, String> part : store.getLayoutMap().entrySet()) {
        if (closed && part.getKey().startsWith("chunk.")) {
          Map<String, String> fields = DataUtils.parseMap(part.getValue());
          requirePart(
              file,
              channel,
              DataUtils.readHexLong(fields, "block", 0),
              DataUtils.readHexLong(fields, "len", 0));
        }
      }
    } catch (MVStoreException e) {
      if (e.getErrorCode() != DataUtils.ERROR_FILE_LOCKED) { // The database says who has it.
        throw damaged(file, "its file is damaged (" + e.getMessage() + ")");
      }
    }
  }

  private static void requirePart(Path file, SeekableByteChannel channel, long block, long blocks)
      throws IOException {
    if (block == 0) {
      return; // Nothing of it is in use.
    }
    if ((block + blocks) * BLOCK_BYTES > channel.size()) {
      throw damaged(file, "it is cut off at " + channel.size() + " bytes");
    }
    if (!text(channel, block * BLOCK_BYTES, PART.length()).equals(PART)) {
      throw damaged(file, "its file is damaged at byte " + block * BLOCK_BYTES);
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
