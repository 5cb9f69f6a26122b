package dev.tare.inspect;

import dev.tare.facts.Fact;
import dev.tare.inspect.base.ExclusionFiles;
import dev.tare.inspect.config.AccountFiles;
import dev.tare.inspect.config.ShadowFiles;
import dev.tare.inspect.content.FileStart;
import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.LayerFile;
import dev.tare.inspect.packages.PackageReaders;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.program.ProgramFiles;
import dev.tare.inspect.program.ProgramReader;
import dev.tare.inspect.secret.SecretKind;
import dev.tare.inspect.system.OsReleaseFiles;
import dev.tare.inspect.tree.LinkedNames;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.layer.ContentInterest;
import dev.tare.layer.ContentKind;
import dev.tare.layer.LayerEntry;
import dev.tare.layer.LayerFacts.LayerGap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every file whose content the facts of an image need, reduced to what they need of it: package
 * databases to names and versions, binaries to their applets, keys to the mark that they are one.
 * No secret is kept. Each kind of file says for itself what it wants.
 */
public final class KeptContent implements ContentInterest {
  private final ProgramFiles programs = new ProgramFiles();

  /** A file is of the first kind that wants it. */
  private final List<KeptKind> kinds = new ArrayList<>();

  private final Map<String, Integer> versions = new TreeMap<>();
  private final Set<String> readersOfPrograms = new TreeSet<>();

  /** The content that {@link ImageInspector} reads. */
  public KeptContent() {
    this(PackageReaders.ALL);
  }

  KeptContent(Collection<PackageReader> packages) {
    kinds.add(new OsReleaseFiles());
    kinds.add(new AccountFiles());
    kinds.add(new ShadowFiles());
    kinds.add(new ExclusionFiles());
    packages.stream().filter(reader -> !reader.isOfLanguage()).forEach(kinds::add);
    kinds.add(new SecretKind());
    packages.stream().filter(PackageReader::isOfLanguage).forEach(kinds::add);
    kinds.add(programs);
    for (KeptKind kind : kinds) {
      if (versions.put(kind.name(), kind.version()) != null) {
        throw new IllegalArgumentException("two readers are called " + kind.name());
      }
    }
    readersOfPrograms.add(programs.name());
    packages.stream()
        .filter(PackageReader::readsPrograms)
        .forEach(reader -> readersOfPrograms.add(reader.name()));
  }

  @Override
  public @Nullable Extraction wants(String path, long sizeBytes, int mode) {
    if (sizeBytes <= 0) {
      return null;
    }
    LayerFile file = LayerFile.of(path, sizeBytes, mode);
    for (KeptKind kind : kinds) {
      Extraction extraction = kind.wants(file);
      if (extraction != null) {
        return extraction;
      }
    }
    return null;
  }

  @Override
  public boolean isRecognising() {
    return true;
  }

  /**
   * An executable file that is no program counts as one that nobody wants: whoever builds on
   * Windows makes every file executable.
   */
  @Override
  public @Nullable Extraction recognises(
      String path, long sizeBytes, @Nullable Extraction wanted, byte[] start, int length) {
    if (wanted != null && (!ProgramReader.isOne(wanted) || ProgramReader.begins(start, length))) {
      return null;
    }
    FileStart seen = new FileStart(LayerFile.of(path, sizeBytes, 0), start, length);
    for (KeptKind kind : kinds) {
      Extraction extraction = kind.recognises(seen);
      if (extraction != null) {
        return extraction;
      }
    }
    return null;
  }

  /** The further names of files by which something of them is wanted. */
  LinkedNames names(MergedFilesystem filesystem) {
    List<String> places =
        kinds.stream().flatMap(kind -> kind.places().stream()).distinct().toList();
    return new LinkedNames(filesystem, places, this::isNamedFor);
  }

  /**
   * Whether a symbolic link at this path may be one more name of a file that is wanted under it, or
   * of a directory that has such.
   */
  private boolean isNamedFor(String path) {
    for (KeptKind kind : kinds) {
      if (kind != programs
          && (kind.isNamedFor(path) || kind.wants(LayerFile.of(path, 1, 0644)) != null)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Map<String, Integer> readers() {
    return versions;
  }

  @Override
  public Set<String> readersOf(LayerEntry entry) {
    if (entry.sizeBytes() <= 0) {
      return Set.of();
    }
    LayerFile file = LayerFile.of(entry.path(), entry.sizeBytes(), entry.mode());
    for (KeptKind kind : kinds) {
      if (kind.wants(file) != null) {
        return kind == programs && entry.content() == ContentKind.ELF
            ? readersOfPrograms
            : Set.of(kind.name());
      }
    }
    return Set.of();
  }

  /**
   * Which fact is incomplete by a gap of a layer: what the layer holds, where no other is; such as
   * by a remark about the layer itself, or about an entry that container runtimes leave out too.
   */
  Fact factOf(LayerGap gap) {
    return switch (gap.kind()) {
      case REMARK -> Fact.LAYERS_FILES;
      case DIFF_ID -> Fact.LAYERS_DIFF_ID;
      case CAPABILITIES -> Fact.PRIVILEGED;
      case ENTRY -> gap.path().isEmpty() ? Fact.LAYERS_FILES : factOf(gap.path());
      case MORE_ENTRIES -> Fact.TOOLS;
    };
  }

  /** Which fact is incomplete without what lies at this path. */
  Fact factOf(String path) {
    if (wants(path, 1, 0644) == null && wants(path, 1 << 20, 0755) == null) {
      return Fact.LAYERS_FILES;
    }
    for (KeptKind kind : kinds) {
      Fact fact = kind.factOf(path);
      if (fact != null) {
        return fact;
      }
    }
    return Fact.LAYERS_FILES;
  }
}
