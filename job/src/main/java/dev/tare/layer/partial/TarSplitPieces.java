package dev.tare.layer.partial;

import dev.tare.layer.blob.ScanFault;
import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tar of a zstd:chunked layer, from its tar-split: every byte that is no content of a file, as
 * the blob has it. Where the contents stand is in the table of contents, whose entries follow each
 * other in the same order.
 *
 * <pre>
 * {"type": 2, "payload": "bytes, base64"}
 * {"type": 1, "name": "bin/x", "size": 9, "payload": "checksum"}
 * </pre>
 *
 * @see <a href="https://github.com/vbatts/tar-split#format">tar-split</a>
 */
final class TarSplitPieces implements Iterator<TarPiece>, AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int FILE = 1;
  private static final int SEGMENT = 2;

  private final JsonParser lines;
  private final TocReader entries;

  TarSplitPieces(InputStream lines, TocReader entries) {
    this.lines = JSON.createParser(lines);
    this.entries = entries;
  }

  @Override
  public boolean hasNext() {
    try {
      return lines.currentToken() == JsonToken.START_OBJECT
          || lines.nextToken() == JsonToken.START_OBJECT;
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  @Override
  public TarPiece next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      JsonNode line = lines.readValueAsTree();
      lines.clearCurrentToken();
      JsonNode payload = line.path("payload");
      return switch (line.path("type").asInt(0)) {
        case SEGMENT -> new TarPiece.Raw(payload.isNull() ? new byte[0] : payload.binaryValue());
        case FILE -> content(line.path("size").asLong(0));
        default -> throw ScanFault.corrupt("tar-split: unknown type of piece");
      };
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private TarPiece content(long size) {
    if (size == 0) {
      return new TarPiece.Raw(new byte[0]);
    }
    TocEntry entry = nextFile();
    if (entry == null || size != entry.sizeBytes()) {
      throw ScanFault.corrupt("tar-split: its files are not those of the table of contents");
    }
    return new TarPiece.Content(size, entry.chunks());
  }

  private @Nullable TocEntry nextFile() {
    TocEntry entry = entries.next();
    while (entry != null && entry.chunks().isEmpty()) {
      entry = entries.next();
    }
    return entry;
  }

  private static ScanFault malformed(JacksonException e) {
    return ScanFault.corrupt("tar-split: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    lines.close();
  }
}
