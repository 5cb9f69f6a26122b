package dev.tare.inspect.move;

import dev.tare.inspect.move.ListMerge.Entry;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.tree.KeptFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The packages of a manager that keeps a file for each of them, as pacman does, in place of a
 * database.
 *
 * @param files those that a container sees
 */
record PackageFiles(List<File> files) {
  /** A file of one package. */
  record File(KeptFiles.Version version, List<Entry> entries) {}

  /** Whether a manager keeps its packages so. Where there is a database too, builds copy files. */
  static boolean areOf(PackageReader manager) {
    return !manager.isOfLanguage() && manager.databases().isEmpty();
  }

  /** Those that are there. */
  static PackageFiles of(PackageReader manager, KeptFiles kept) {
    List<File> files = new ArrayList<>();
    kept.all().values().stream()
        .flatMap(List::stream)
        .filter(file -> file.visible() && manager.isPackage(file))
        .forEach(file -> files.add(new File(file, KeptList.packages(manager, file.content()))));
    return new PackageFiles(files);
  }

  List<Entry> entries() {
    return files.stream().flatMap(file -> file.entries().stream()).toList();
  }

  /** Those of which nothing is among these. */
  Stream<KeptFiles.Version> without(List<Entry> entries) {
    return files.stream()
        .filter(file -> file.entries().stream().noneMatch(entries::contains))
        .map(File::version);
  }
}
