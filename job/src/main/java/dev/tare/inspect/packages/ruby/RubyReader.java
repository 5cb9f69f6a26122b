package dev.tare.inspect.packages.ruby;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.Kept;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.layer.ContentInterest.Extraction;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gems, told by the specification that RubyGems wrote when it installed them. */
public final class RubyReader implements PackageReader {
  private static final Kept SPECIFICATION = Kept.text(1, GemSpecification::reduce).as("gem 1");

  public RubyReader() {}

  @Override
  public String name() {
    return "ruby";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean isOfLanguage() {
    return true;
  }

  @Override
  public @Nullable Extraction wants(LayerFile file) {
    return GemSpecification.isAt(file.path()) ? SPECIFICATION : null;
  }

  @Override
  public @Nullable Extraction recognises(FileStart start) {
    return start.hasLine("# stub: ") && start.isAtMost(SPECIFICATION.maximumBytes())
        ? SPECIFICATION
        : null;
  }

  @Override
  public boolean isNamedFor(String directory) {
    return directory.endsWith(GemSpecification.DIRECTORY);
  }

  @Override
  public boolean isPackage(KeptFiles.Version file) {
    return GemSpecification.isAt(file.node().path());
  }

  @Override
  public PackageURL url(PackageRecord item, @Nullable OsRelease os)
      throws MalformedPackageURLException {
    TreeMap<String, String> qualifiers = new TreeMap<>();
    if (item.architecture() != null) {
      qualifiers.put("platform", item.architecture());
    }
    return new PackageURL("gem", null, item.name(), item.version(), qualifiers, null);
  }
}
