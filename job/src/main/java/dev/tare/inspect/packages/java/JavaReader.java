package dev.tare.inspect.packages.java;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.packages.reader.PackageUrls;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.layer.ContentInterest.Extraction;
import dev.tare.layer.ContentReader;
import org.jspecify.annotations.Nullable;

/** Artifacts of Maven repositories, told by jars of any size. */
public final class JavaReader implements PackageReader {
  /** What it takes to inflate as deep as is read, and the texts that are kept meanwhile. */
  private static final long MEMORY_BYTES = 1 << 20;

  public JavaReader() {}

  @Override
  public String name() {
    return "java";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public boolean isOfLanguage() {
    return true;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return JarContents.isJar(file.name()) ? new Jar(file.path()) : null;
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    return JarContents.isJar(file.node().path());
  }

  @Override
  public @Nullable PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    int colon = item.name().indexOf(':');
    return colon < 0 ? null : PackageUrls.ofLanguage(item, colon); // There is none without a group.
  }

  private record Jar(String path) implements Extraction {
    @Override
    public int maximumBytes() {
      return Integer.MAX_VALUE;
    }

    @Override
    public long memoryBytes(long sizeBytes) {
      return MEMORY_BYTES;
    }

    @Override
    public byte[] reduce(byte[] content) {
      ContentReader reader = reader(content.length);
      reader.read(content, 0, content.length);
      return reader.kept();
    }

    @Override
    public ContentReader reader(long sizeBytes) {
      return JarContents.ofFile(path, sizeBytes);
    }
  }
}
