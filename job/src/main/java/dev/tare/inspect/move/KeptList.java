package dev.tare.inspect.move;

import dev.tare.inspect.content.KeptKind;
import dev.tare.inspect.content.TextLines;
import dev.tare.inspect.move.ListMerge.Entry;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.packages.reader.PackageRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of a base that steps change in part, so that the whole of what a step left of it says
 * nothing about another base.
 *
 * @param path at which a container opens it
 * @param manager whose database it is; null where it is none
 * @param accounts whether it is one of accounts, by their names
 * @param cut what is kept of it, into its elements
 */
public record KeptList(
    String path,
    @Nullable PackageReader manager,
    boolean accounts,
    Function<byte[], List<Entry>> cut) {

  /** The databases of these managers. */
  public static Stream<KeptList> databases(List<PackageReader> managers) {
    return managers.stream()
        .flatMap(manager ->
            manager.databases().stream()
                .map(path -> new KeptList(path, manager, false, kept -> packages(manager, kept))));
  }

  /** A file of accounts: lines that begin with a name and a colon. */
  public static Stream<KeptList> accounts(KeptKind kind) {
    return kind.places().stream().map(path -> new KeptList(path, null, true, KeptList::lines));
  }

  /** A file that is the base's as a whole. */
  public static Stream<KeptList> whole(KeptKind kind) {
    return kind.places().stream()
        .map(path -> new KeptList(path, null, false, kept -> List.of(entry(path, text(kept)))));
  }

  /** What is kept of a file with these elements. */
  static byte[] content(List<Entry> entries) {
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.text()));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The packages of a database, or of a file of one package. */
  static List<Entry> packages(PackageReader manager, byte[] kept) {
    List<Entry> entries = new ArrayList<>();
    for (String piece : manager.pieces(kept)) {
      List<PackageRecord> found =
          manager.packages(
              piece.getBytes(StandardCharsets.UTF_8), (item, file) -> {}, failure -> {});
      PackageRecord item = found.isEmpty() ? null : found.getFirst();
      entries.add(
          item == null
              ? new Entry("", piece, piece)
              : new Entry(
                  item.name() + "\0" + item.architecture(),
                  item.name() + " " + item.version(),
                  piece));
    }
    return entries;
  }

  private static List<Entry> lines(byte[] kept) {
    return TextLines.of(kept)
        .map(line -> {
          int colon = line.indexOf(':');
          return entry(colon < 0 ? "" : line.substring(0, colon), line + "\n");
        })
        .toList();
  }

  private static Entry entry(String key, String text) {
    return new Entry(key, text, text);
  }

  private static String text(byte[] kept) {
    return new String(kept, StandardCharsets.UTF_8);
  }
}
