package dev.tare.layer.partial;

import dev.tare.error.TareException;
import dev.tare.layer.blob.ScanFault;
import dev.tare.layer.partial.TocEntry.Chunk;
import dev.tare.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.commons.io.input.BoundedInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a table of contents entry by entry: the JSON that eStargz and zstd:chunked share. Whatever
 * is not as the formats say is a {@link ScanFault}.
 *
 * <pre>
 * {"version": 1, "entries": [
 *   {"type": "dir", "name": "bin/", "mode": 493},
 *   {"type": "reg", "name": "bin/x", "mode": 493, "size": 9, "offset": 126, "digest": "sha256:…",
 *    "chunkSize": 5, "chunkDigest": "sha256:…"},
 *   {"type": "chunk", "name": "bin/x", "offset": 180, "chunkOffset": 5, "chunkDigest": "sha256:…"}],
 *  "tarSplitDigest": "sha256:…"}
 * </pre>
 *
 * @see <a
 *     href="https://github.com/containerd/stargz-snapshotter/blob/main/docs/estargz.md#toc-tocentries-and-footer">eStargz,
 *     TOC</a>
 */
public final class TocReader implements AutoCloseable {
  /** Of the JSON; what is larger is not read. */
  static final long MAXIMUM_BYTES = 64 << 20;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final JsonParser parser;
  private @Nullable JsonNode ahead;
  private @Nullable Digest tarSplitDigest;

  TocReader(InputStream json) {
    try {
      parser = JSON.createParser(json);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw ScanFault.corrupt("table of contents: expected an object");
      }
      boolean entries = toEntries();
      if (!entries) {
        throw ScanFault.corrupt("table of contents: expected \"entries\"");
      }
      ahead = readNode();
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** At most so many bytes of a stream. */
  static InputStream bounded(InputStream stream, long maximumBytes) throws IOException {
    return BoundedInputStream.builder().setInputStream(stream).setMaxCount(maximumBytes).get();
  }

  /** The next entry with all its chunks, or null after the last one. */
  @Nullable
  public TocEntry next() {
    JsonNode first = ahead;
    if (first == null) {
      return null;
    }
    try {
      List<JsonNode> parts = new ArrayList<>();
      parts.add(first);
      JsonNode next = readNode();
      while (next != null && next.path("type").asString().equals("chunk")) {
        if (!next.path("name").asString().equals(first.path("name").asString())) {
          throw ScanFault.corrupt("table of contents: a chunk without its file");
        }
        parts.add(next);
        next = readNode();
      }
      ahead = next;
      return entry(first, parts);
    } catch (JacksonException | IllegalArgumentException e) {
      throw malformed(e);
    } catch (TareException e) {
      throw ScanFault.corrupt("table of contents: " + e.getMessage(), e);
    }
  }

  /** Of the compressed description of the tar, where there is one. Known after the last entry. */
  @Nullable Digest tarSplitDigest() {
    return tarSplitDigest;
  }

  @Override
  public void close() {
    parser.close();
  }

  /** Goes to the first entry; false at the end. */
  private boolean toEntries() {
    for (JsonToken token = parser.nextToken();
        token == JsonToken.PROPERTY_NAME;
        token = parser.nextToken()) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("entries") && value == JsonToken.START_ARRAY) {
        return true;
      }
      if (name.equals("version") && parser.getValueAsInt() != 1) {
        throw ScanFault.corrupt("table of contents: expected version 1");
      }
      if (name.equals("tarSplitDigest") && value == JsonToken.VALUE_STRING) {
        tarSplitDigest = Digest.parse(parser.getString());
      }
      parser.skipChildren();
    }
    return false;
  }

  private @Nullable JsonNode readNode() {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      return parser.readValueAsTree();
    }
    if (token != JsonToken.END_ARRAY || toEntries()) {
      throw ScanFault.corrupt("table of contents: expected one array of objects");
    }
    return null;
  }

  private static TocEntry entry(JsonNode first, List<JsonNode> parts) {
    String type = first.path("type").asString();
    boolean file = type.equals("reg");
    long size = file ? number(first, "size") : 0;
    if (!file && parts.size() > 1) {
      throw ScanFault.corrupt("table of contents: chunks of an entry that is no file");
    }
    String capability = first.path("xattrs").path("security.capability").asString("");
    return new TocEntry(
        type,
        text(first, "name"),
        text(first, "linkName"),
        (int) number(first, "mode") & 07777,
        number(first, "uid"),
        number(first, "gid"),
        size,
        capability.isEmpty() ? null : Base64.getDecoder().decode(capability),
        size == 0 ? List.of() : chunks(size, parts));
  }

  private static List<Chunk> chunks(long size, List<JsonNode> parts) {
    List<Chunk> chunks = new ArrayList<>();
    long done = 0;
    long behind = 0;
    for (int i = 0; i < parts.size(); i++) {
      JsonNode part = parts.get(i);
      long offset = number(part, "offset");
      boolean last = i == parts.size() - 1;
      long rest = size - done;
      long length = number(part, "chunkSize");
      length = last && length == 0 ? rest : length;
      boolean ordered = offset > behind || (i == 0 && offset >= 0);
      if (!ordered
          || number(part, "chunkOffset") != done
          || number(part, "innerOffset") != 0
          || length <= 0
          || length > rest
          || (last && length != rest)) {
        throw ScanFault.corrupt("table of contents: the chunks of a file do not make it up");
      }
      chunks.add(new Chunk(offset, length, digest(part, parts.size() == 1)));
      done += length;
      behind = offset;
    }
    return chunks;
  }

  private static Digest digest(JsonNode part, boolean only) {
    String digest = part.path("chunkDigest").asString("");
    if (digest.isEmpty() && only) {
      digest = part.path("digest").asString("");
    }
    if (digest.isEmpty()) {
      throw ScanFault.corrupt("table of contents: a chunk without a digest");
    }
    return Digest.parse(digest);
  }

  /** A name that JSON could not hold has lost bytes. */
  private static String text(JsonNode node, String key) {
    String text = node.path(key).asString("");
    if (text.indexOf('\ufffd') >= 0) {
      throw ScanFault.corrupt("table of contents: a name that is not UTF-8");
    }
    return text;
  }

  private static long number(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw ScanFault.corrupt("table of contents: " + key + " is not a number of zero or more");
    }
    return value.longValue();
  }

  private static ScanFault malformed(RuntimeException e) {
    return ScanFault.corrupt("table of contents: " + e.getMessage(), e);
  }
}
