package dev.tare.registry.protocol;

import dev.tare.registry.wire.RegistryResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** A part of a blob; closing it ends the answer that it is read from. */
final class BlobPart extends FilterInputStream {
  private static final int PARTIAL_CONTENT = 206;

  private final RegistryResponse response;

  private BlobPart(RegistryResponse response, long lengthBytes) throws IOException {
    super(new BoundedStream(response.stream(), lengthBytes));
    this.response = response;
  }

  /** Empty where the registry answers with another part, or all of it. */
  static Optional<InputStream> open(RegistryCaller caller, BlobPartGet request) {
    try {
      RegistryResponse response = caller.open(request);
      if (isWhatWasAskedFor(response, request)) {
        return Optional.of(new BlobPart(response, request.lengthBytes()));
      }
      response.close();
      return Optional.empty();
    } catch (IOException e) {
      throw caller.lost(request, e);
    }
  }

  private static boolean isWhatWasAskedFor(RegistryResponse response, BlobPartGet request) {
    String range = response.header("Content-Range");
    return response.status() == PARTIAL_CONTENT
        && range != null
        && range.toLowerCase(Locale.ROOT).strip().startsWith("bytes " + request.range() + "/");
  }

  @Override
  public void close() throws IOException {
    response.close();
  }
}
