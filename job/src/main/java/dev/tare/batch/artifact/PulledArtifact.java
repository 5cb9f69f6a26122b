package dev.tare.batch.artifact;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.Manifest;
import dev.tare.oci.Reference;
import dev.tare.registry.FetchedManifest;
import dev.tare.registry.ImageSource;
import dev.tare.registry.RegistryOptions;
import dev.tare.registry.RegistrySources;
import dev.tare.stop.StopSignal;
import java.io.IOException;
import java.io.InputStream;

/** An artifact of a registry, whose files are fetched when they are asked for. */
public final class PulledArtifact implements AutoCloseable {
  private final String action;
  private final Reference reference;
  private final ImageSource source;
  private final Digest digest;
  private final Manifest manifest;

  private PulledArtifact(
      String action, Reference reference, ImageSource source, Digest digest, Manifest manifest) {
    this.action = action;
    this.reference = reference;
    this.source = source;
    this.digest = digest;
    this.manifest = manifest;
  }

  /**
   * Fetches its manifest.
   *
   * @param what it is, for messages: {@code policy bundle}
   * @param mostFiles that it may have
   */
  public static PulledArtifact open(
      String location, String what, int mostFiles, RegistryOptions options, StopSignal stop) {
    Reference reference = ArtifactPlace.reference(location, what);
    String action = "pull " + what + " " + location;
    ImageSource source = RegistrySources.open(reference.registry(), options, stop);
    try {
      FetchedManifest fetched = source.manifest(reference);
      Manifest manifest = Manifest.parse(fetched.content(), fetched.descriptor().mediaType());
      if (manifest.layers().size() > mostFiles) {
        throw new TareException(FailureKind.LIMIT, action + ": more than " + mostFiles + " files");
      }
      return new PulledArtifact(action, reference, source, fetched.descriptor().digest(), manifest);
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** Of its manifest. */
  public Digest digest() {
    return digest;
  }

  public Manifest manifest() {
    return manifest;
  }

  /**
   * One of its files, whole and as its digest says.
   *
   * @param mostBytes that it may have, at most 2 GiB
   */
  public byte[] content(Descriptor file, int mostBytes) {
    try (InputStream blob = source.blob(reference.repository(), file)) {
      byte[] content = blob.readNBytes(mostBytes + 1);
      if (content.length > mostBytes) {
        throw new TareException(
            FailureKind.LIMIT, action + ": larger than " + (mostBytes >> 20) + " MiB");
      }
      Digest actual = Digest.sha256(content);
      if (!actual.equals(file.digest())) {
        throw new TareException(
            FailureKind.BAD_CONTENT, action + ": expected " + file.digest() + ", found " + actual);
      }
      return content;
    } catch (IOException e) {
      throw new TareException(FailureKind.ENVIRONMENT, action + ": " + e.getMessage(), null, e);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
