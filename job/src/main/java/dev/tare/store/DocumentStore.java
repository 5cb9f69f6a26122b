package dev.tare.store;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.store.packed.Deflated;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Manifests, indexes and configs by digest, kept across runs. */
public final class DocumentStore {
  /** A stored document: what it is, and its bytes. */
  public record Document(String mediaType, byte[] content) {}

  /** Of a document as it is stored, of those that are read several at once. */
  private static final int MOST_STORED = 16 << 10;

  /** Of the same document as it was. */
  private static final int MOST_BYTES = 64 << 10;

  private static final int MOST_AT_ONCE = 500;

  private final JdbcClient jdbc;

  /** Over this database. */
  public DocumentStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The document with this digest. */
  public Optional<Document> find(Digest digest) {
    return jdbc.sql("SELECT media_type, content FROM tare_document WHERE digest = ?")
        .param(digest.toString())
        .query((row, number) -> new Document(row.getString(1), Deflated.inflate(row.getBytes(2))))
        .optional();
  }

  /**
   * Several documents, of which the small ones are read at once and kept: manifests and configs
   * are, unless somebody means harm. The others are read when they are asked for.
   */
  public Several several(Collection<Digest> digests) {
    Map<Digest, Document> small = new HashMap<>();
    List<String> wanted =
        digests.stream().distinct().limit(MOST_AT_ONCE).map(Digest::toString).toList();
    if (!wanted.isEmpty()) {
      jdbc.sql(
              "SELECT digest, media_type, content FROM tare_document WHERE digest IN (:digests) AND"
                  + " OCTET_LENGTH(content) <= :most")
          .param("digests", wanted)
          .param("most", MOST_STORED)
          .query(
              (RowCallbackHandler)
                  row -> {
                    byte[] content = Deflated.inflate(row.getBytes("content"));
                    if (content.length <= MOST_BYTES) {
                      small.put(
                          Digest.parse(row.getString("digest")),
                          new Document(row.getString("media_type"), content));
                    }
                  });
    }
    return new Several(this, small);
  }

  /**
   * The same of manifests and indexes, and of the manifests and configs behind them, as far as runs
   * have listed them.
   */
  public Several behind(Collection<Digest> named) {
    Set<Digest> all = new LinkedHashSet<>(named);
    if (!named.isEmpty()) {
      jdbc.sql(
              "SELECT digest, config_digest FROM tare_listed WHERE digest IN (:named) UNION SELECT"
                  + " digest, config_digest FROM tare_listed WHERE index_digest IN (:named)")
          .param("named", named.stream().map(Digest::toString).distinct().toList())
          .query(
              (RowCallbackHandler)
                  row -> {
                    all.add(Digest.parse(row.getString("digest")));
                    all.add(Digest.parse(row.getString("config_digest")));
                  });
    }
    return several(all);
  }

  /**
   * The manifest of a registry's image that runs have listed.
   *
   * @param id digest of the config or of the manifest itself
   */
  public Optional<Digest> manifest(String registry, Digest id) {
    return jdbc.sql(
            "SELECT digest FROM tare_listed WHERE registry = ? AND (config_digest = ? OR digest ="
                + " ?) ORDER BY id DESC FETCH FIRST 1 ROWS ONLY")
        .params(registry, id.toString(), id.toString())
        .query((row, number) -> Digest.parse(row.getString(1)))
        .optional();
  }

  /** Documents of which the small ones have been read. */
  public static final class Several {
    private final DocumentStore store;
    private final Map<Digest, Document> small;

    private Several(DocumentStore store, Map<Digest, Document> small) {
      this.store = store;
      this.small = small;
    }

    /** The document with this digest, whether it is one of the several or not. */
    public Optional<Document> find(Digest digest) {
      Document known = small.get(digest);
      return known == null ? store.find(digest) : Optional.of(known);
    }

    /** The document with this digest, where it is one of those that have been read. */
    public Optional<Document> known(Digest digest) {
      return Optional.ofNullable(small.get(digest));
    }
  }

  /** Keeps a document whose digest has been verified. */
  public void keep(Descriptor descriptor, byte[] content) {
    jdbc.sql(
            "INSERT INTO tare_document (digest, media_type, kept_at, content) VALUES (?, ?,"
                + " CURRENT_TIMESTAMP, ?) ON CONFLICT DO NOTHING")
        .param(descriptor.digest().toString())
        .param(descriptor.mediaType())
        .param(Deflated.of(content))
        .update();
  }
}
