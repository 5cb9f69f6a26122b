package dev.tare.layer;

import dev.tare.layer.blob.BlobDecoder;
import dev.tare.layer.blob.BlobInput;
import dev.tare.layer.blob.IgzipDecoder;
import dev.tare.layer.blob.JdkGzipDecoder;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read a layer: to inflate it, and to inflate it, hash it twice, walk its tar and
 * index it, by the native inflater and by the JDK's. The layer is made of files of the JDK that
 * runs this, 64 MiB of them, or is a gzip blob of one's own ({@code -p blob=FILE}).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1)
public class LayerScanBench {
  private static final long LAYER_BYTES = 64 << 20;
  private static final long LARGEST_FILE = 16 << 20;

  /** A gzip blob, or nothing for files of the JDK. */
  @Param("")
  public String blob = "";

  private byte[] bytes = new byte[0];
  private Descriptor descriptor = new Descriptor("", Digest.sha256(bytes), 0);
  private final byte[] buffer = new byte[256 << 10];

  /** Makes or reads the blob. */
  @Setup
  @SuppressWarnings("SystemOut")
  public void prepare() throws IOException {
    bytes = blob.isEmpty() ? layerOfThisJdk() : Files.readAllBytes(Path.of(blob));
    descriptor = new Descriptor(MediaTypes.OCI_LAYER_GZIP, Digest.sha256(bytes), bytes.length);
    LayerFacts facts = scan();
    System.out.printf(
        "%,d bytes of tar, %,d compressed, %,d entries%n",
        facts.uncompressedBytes(), bytes.length, facts.index().size());
  }

  /** The whole reader with igzip, where there is one. */
  @Benchmark
  public LayerFacts readWithIgzip() {
    return scan();
  }

  /** The whole reader with the JDK's inflater. */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dtare.igzip=false")
  public LayerFacts readWithJdk() {
    return scan();
  }

  /** Nothing but inflating, with igzip. */
  @Benchmark
  public long inflateWithIgzip() {
    return inflate(new IgzipDecoder(input()));
  }

  /** Nothing but inflating, with the JDK. */
  @Benchmark
  public long inflateWithJdk() {
    return inflate(new JdkGzipDecoder(input()));
  }

  private LayerFacts scan() {
    return new LayerScanner((path, size, mode) -> null, LayerLimits.DEFAULTS)
        .scan(new ByteArrayInputStream(bytes), descriptor);
  }

  private BlobInput input() {
    return new BlobInput(new ByteArrayInputStream(bytes), descriptor);
  }

  private long inflate(BlobDecoder decoder) {
    long length = 0;
    try (decoder) {
      for (int count = decoder.read(buffer, 0, buffer.length);
          count > 0;
          count = decoder.read(buffer, 0, buffer.length)) {
        length += count;
      }
    }
    return length;
  }

  private static byte[] layerOfThisJdk() throws IOException {
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    Path home = Path.of(System.getProperty("java.home"));
    List<Path> files;
    try (Stream<Path> all = Files.walk(home)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    long left = LAYER_BYTES;
    try (OutputStream gzip = new GZIPOutputStream(blob);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (Path file : files) {
        long size = Files.size(file);
        if (size <= Math.min(left, LARGEST_FILE)) {
          tar.putArchiveEntry(new TarArchiveEntry(file, home.relativize(file).toString()));
          Files.copy(file, tar);
          tar.closeArchiveEntry();
          left -= size;
        }
      }
    }
    return blob.toByteArray();
  }
}
