package dev.tare.testing;

import com.github.luben.zstd.Zstd;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns a tar into a zstd:chunked layer as its specification describes it, for layers larger than
 * those that another program wrote for the tests of {@code layer}.
 */
public final class ZstdChunkedLayer {
  private static final int SKIPPABLE = 0x184d_2a50;
  private static final int LEVEL = 1;

  private final JsonMapper json = JsonMapper.shared();
  private final ByteArrayOutputStream blob = new ByteArrayOutputStream();
  private final ByteArrayOutputStream split = new ByteArrayOutputStream();
  private final ArrayNode entries = json.createArrayNode();
  private int position;

  private ZstdChunkedLayer() {}

  /** The layer of this tar. */
  public static LayerTar.Blob of(byte[] tar) {
    return new ZstdChunkedLayer().build(tar);
  }

  private LayerTar.Blob build(byte[] tar) {
    byte[] rest =
        new TarParts(tar)
            .each((before, entry, content) -> {
              segment(before);
              ObjectNode described = TarParts.described(entry);
              entries.add(described);
              splitFile(entry.getName(), content);
              contents(described, content);
            });
    segment(rest);
    ObjectNode table = json.createObjectNode().put("version", 1).set("entries", entries);
    byte[] tarSplit = split.toByteArray();
    byte[] packedSplit = Zstd.compress(tarSplit, LEVEL);
    table.put("tarSplitDigest", Digest.sha256(packedSplit).toString());
    byte[] toc = json.writeValueAsBytes(table);
    byte[] packed = Zstd.compress(toc, LEVEL);
    long[] tocAt = {skippable(packed), packed.length, toc.length, 1};
    long[] splitAt = {skippable(packedSplit), packedSplit.length, tarSplit.length};
    ByteBuffer footer = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    for (long number : tocAt) {
      footer.putLong(number);
    }
    for (long number : splitAt) {
      footer.putLong(number);
    }
    footer.put("GNUlInUx".getBytes(StandardCharsets.US_ASCII));
    skippable(footer.array());
    byte[] bytes = blob.toByteArray();
    String annotation = "io.github.containers.zstd-chunked.";
    return new LayerTar.Blob(
        bytes,
        new Descriptor(
            MediaTypes.OCI_LAYER_ZSTD,
            Digest.sha256(bytes),
            bytes.length,
            null,
            null,
            Map.of(
                annotation + "manifest-checksum", Digest.sha256(packed).toString(),
                annotation + "manifest-position", joined(tocAt),
                annotation + "tarsplit-position", joined(splitAt))),
        Digest.sha256(tar));
  }

  private static String joined(long[] numbers) {
    StringBuilder text = new StringBuilder();
    for (long number : numbers) {
      text.append(text.isEmpty() ? "" : ":").append(number);
    }
    return text.toString();
  }

  private void contents(ObjectNode described, byte[] content) {
    List<byte[]> chunks = TarParts.chunks(content);
    int done = 0;
    for (byte[] chunk : chunks) {
      ObjectNode node = described;
      if (done > 0) {
        node = entries.addObject().put("type", "chunk");
        node.put("name", described.path("name").stringValue());
      }
      TarParts.place(node, blob.size(), done, chunk, chunks.size() == 1);
      blob.writeBytes(Zstd.compress(chunk, LEVEL));
      done += chunk.length;
    }
  }

  private void segment(byte[] bytes) {
    if (bytes.length > 0) {
      blob.writeBytes(Zstd.compress(bytes, LEVEL));
      write(line(2).put("payload", Base64.getEncoder().encodeToString(bytes)));
    }
  }

  private void splitFile(String name, byte[] content) {
    ObjectNode line = line(1).put("name", name);
    if (content.length > 0) {
      line.put("size", content.length).put("payload", "AAAAAAAAAAA=");
    }
    write(line);
  }

  private ObjectNode line(int type) {
    return json.createObjectNode().put("type", type).put("position", position++);
  }

  private void write(ObjectNode line) {
    split.writeBytes(json.writeValueAsBytes(line));
    split.write('\n');
  }

  /** Writes a frame that zstd passes over; gives where its content begins. */
  private long skippable(byte[] content) {
    blob.writeBytes(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(SKIPPABLE)
            .putInt(content.length)
            .array());
    long at = blob.size();
    blob.writeBytes(content);
    return at;
  }
}
