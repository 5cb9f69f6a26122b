package dev.tare.layer;

import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/**
 * Prints how fast the scanner reads a blob: {@code LayerScanBench FILE [ROUNDS]}, with the test
 * class path. Compare with {@code time gzip -dc FILE > /dev/null}.
 */
final class LayerScanBench {
  private LayerScanBench() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    Descriptor descriptor = new Descriptor("", digest(file), Files.size(file));
    LayerScanner scanner = new LayerScanner((path, size, mode) -> null, LayerLimits.DEFAULTS);
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      long startCpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      try (InputStream in = Files.newInputStream(file)) {
        LayerFacts facts = scanner.scan(in, descriptor);
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu =
            (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - startCpu) / 1e9;
        System.out.printf(
            "%s, %,d entries, %,d bytes stored, %.2f s, CPU %.2f s, %.0f MB/s of tar by CPU%n",
            facts.compression(),
            facts.index().size(),
            LayerFactsCodec.toBytes(facts).length,
            seconds,
            cpu,
            facts.uncompressedBytes() / cpu / 1e6);
      }
    }
  }

  private static Digest digest(Path file) throws IOException {
    Digest any = Digest.sha256(new byte[0]);
    MessageDigest hash = any.newMessageDigest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return any.withHash(hash.digest());
  }
}
