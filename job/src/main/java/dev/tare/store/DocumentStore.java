package dev.tare.store;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Manifests, indexes and configs by digest, kept across runs. */
public final class DocumentStore {
  /** A stored document: what it is, and its bytes. */
  public record Document(String mediaType, byte[] content) {}

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

  /** Keeps a document whose digest has been verified. */
  public void keep(Descriptor descriptor, byte[] content) {
    jdbc.sql(
            "INSERT INTO tare_document (digest, media_type, kept_at, content) VALUES (?, ?, CURRENT_TIMESTAMP, ?)"
                + " ON CONFLICT DO NOTHING")
        .param(descriptor.digest().toString())
        .param(descriptor.mediaType())
        .param(Deflated.of(content))
        .update();
  }
}
