package dev.tare.testing;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds an eStargz layer as the specification describes it: of regular files, or of a whole tar.
 * Layers that other programs wrote are among the resources of the tests of {@code layer}.
 */
public final class EstargzLayer {
  private final JsonMapper json = JsonMapper.builder().build();
  private final ByteArrayOutputStream blob = new ByteArrayOutputStream();
  private final ArrayNode entries = json.createArrayNode();
  private ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private int tarBytes;

  /** A layer without entries. */
  public EstargzLayer() {}

  /** Adds a file that is not empty. */
  public EstargzLayer file(String path, int mode, byte[] content) {
    byte[] tar = LayerTar.of().file(path, content, mode).tar().bytes();
    int end = 512 + (content.length + 511) / 512 * 512;
    pending.write(tar, 0, 512);
    member();
    ObjectNode entry = entries.addObject();
    entry.put("name", path).put("type", "reg").put("size", content.length).put("mode", mode);
    entry.put("offset", blob.size());
    entry.put("chunkDigest", Digest.sha256(content).toString());
    pending.write(tar, 512, end - 512);
    tarBytes += end;
    return this;
  }

  /** The layer of this tar: its entries as they are, without what stands behind the last one. */
  public static LayerTar.Blob of(byte[] tar) {
    EstargzLayer layer = new EstargzLayer();
    byte[] rest =
        new TarParts(tar)
            .each((before, entry, content) -> {
              layer.pending.writeBytes(before);
              layer.tarBytes += before.length + content.length;
              ObjectNode described = TarParts.described(entry);
              layer.entries.add(described);
              layer.contents(described, content);
            });
    // The filling of the last block; end blocks come behind the table.
    int filling = -layer.tarBytes & 511;
    layer.pending.write(rest, 0, filling);
    layer.tarBytes += filling;
    return layer.build();
  }

  private void contents(ObjectNode described, byte[] content) {
    List<byte[]> chunks = TarParts.chunks(content);
    int done = 0;
    for (byte[] chunk : chunks) {
      member();
      ObjectNode node = described;
      if (done > 0) {
        node = entries.addObject().put("type", "chunk");
        node.put("name", described.path("name").stringValue());
      }
      TarParts.place(node, blob.size(), done, chunk, chunks.size() == 1);
      pending.writeBytes(chunk);
      done += chunk.length;
    }
  }

  /** The blob, its descriptor with the annotations, and the diff ID. */
  public LayerTar.Blob build() {
    member();
    int tableAt = blob.size();
    byte[] table =
        json.writeValueAsBytes(json.createObjectNode().put("version", 1).set("entries", entries));
    byte[] tar = LayerTar.of().file("stargz.index.json", table, 0444).tar().bytes();
    pending.writeBytes(tar);
    tarBytes += tar.length;
    member();
    blob.writeBytes(footer(tableAt));
    byte[] bytes = blob.toByteArray();
    Descriptor descriptor =
        new Descriptor(
            MediaTypes.OCI_LAYER_GZIP,
            Digest.sha256(bytes),
            bytes.length,
            null,
            null,
            Map.of(
                "containerd.io/snapshot/stargz/toc.digest",
                Digest.sha256(table).toString(),
                "io.containers.estargz.uncompressed-size",
                Integer.toString(tarBytes)));
    return new LayerTar.Blob(bytes, descriptor, diffId(bytes));
  }

  private void member() {
    try (OutputStream gzip = new FastGzip(blob)) {
      pending.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pending = new ByteArrayOutputStream();
  }

  /** An empty member with the place of the table in its extra field. */
  private static byte[] footer(int tableAt) {
    ByteArrayOutputStream footer = new ByteArrayOutputStream();
    footer.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 255});
    footer.writeBytes(new byte[] {26, 0, 'S', 'G', 22, 0});
    footer.writeBytes(
        String.format(Locale.ROOT, "%016xSTARGZ", tableAt).getBytes(StandardCharsets.US_ASCII));
    footer.writeBytes(new byte[] {1, 0, 0, (byte) 255, (byte) 255, 0, 0, 0, 0, 0, 0, 0, 0});
    return footer.toByteArray();
  }

  private static Digest diffId(byte[] bytes) {
    try (GZIPInputStream tar = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return Digest.sha256(tar.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which layers are compressed well does not matter here. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 64 << 10);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
