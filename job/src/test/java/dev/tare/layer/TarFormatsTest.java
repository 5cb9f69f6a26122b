package dev.tare.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.testing.LayerTar;
import java.io.ByteArrayInputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that GNU tar wrote of a directory whose content is known. */
class TarFormatsTest {
  private static final String LONG = "component-of-twenty-".repeat(5) + "/" + "x".repeat(150);

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "oldgnu", "pax", "posix"})
  void longNamesAndTargetsAreWhole(String format) throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    Files.createDirectories(tree.resolve(LONG).getParent());
    Files.writeString(tree.resolve(LONG), "content");
    Files.createSymbolicLink(tree.resolve("link"), Path.of(LONG));
    Files.createLink(tree.resolve("second"), tree.resolve(LONG));
    Map<String, LayerEntry> entries = entries(scan(tree, "--format=" + format));
    assertThat(entries).containsKeys(LONG, "link", "second");
    assertThat(at(entries, "link").linkTarget()).isEqualTo(LONG);
    LayerEntry first = at(entries, LONG);
    LayerEntry second = at(entries, "second");
    LayerEntry hardLink = first.type() == EntryType.HARD_LINK ? first : second;
    LayerEntry file = hardLink.equals(first) ? second : first;
    assertThat(hardLink.type()).isEqualTo(EntryType.HARD_LINK);
    assertThat(hardLink.linkTarget()).isEqualTo(file.path());
    assertThat(file.sizeBytes()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ustar", "v7"})
  void oldFormatsAreRead(String format) throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    String path = "d".repeat(60) + "/" + "f".repeat(30);
    Files.createDirectories(tree.resolve(path).getParent());
    Files.writeString(tree.resolve(path), "#!/bin/sh");
    Map<String, LayerEntry> entries = entries(scan(tree, "--format=" + format));
    assertThat(at(entries, path).content()).isEqualTo(ContentKind.SCRIPT);
    assertThat(at(entries, "d".repeat(60)).type()).isEqualTo(EntryType.DIRECTORY);
  }

  @Test
  void prefixOfUstarIsPartOfThePath() throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    String path = "d".repeat(90) + "/" + "f".repeat(90);
    Files.createDirectories(tree.resolve(path).getParent());
    Files.writeString(tree.resolve(path), "x");
    assertThat(entries(scan(tree, "--format=ustar"))).containsKey(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=gnu",
        "--format=pax --sparse-version=0.0",
        "--format=pax --sparse-version=0.1",
        "--format=pax --sparse-version=1.0"
      })
  void sparseFilesHaveTheirRealSizeAndContent(String options) throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    byte[] expected = new byte[2_000_000];
    try (RandomAccessFile file = new RandomAccessFile(tree.resolve("sparse").toFile(), "rw")) {
      // More pieces than the four of a header and the 21 of an extension block.
      for (int i = 0; i < 30; i++) {
        byte[] piece = ("piece " + i).getBytes(StandardCharsets.US_ASCII);
        file.seek(i * 65_536L);
        file.write(piece);
        System.arraycopy(piece, 0, expected, i * 65_536, piece.length);
      }
      file.setLength(expected.length);
    }
    Files.writeString(tree.resolve("zz-after"), "still in step");
    LayerFacts facts = scan(tree, ("--sparse " + options).split(" "));
    Map<String, LayerEntry> entries = entries(facts);
    assertThat(facts.uncompressedBytes()).as("stored sparse").isLessThan(1_000_000);
    assertThat(at(entries, "sparse").sizeBytes()).isEqualTo(expected.length);
    assertThat(facts.kept().get("sparse")).isEqualTo(expected);
    assertThat(facts.kept().get("zz-after")).asString().isEqualTo("still in step");
  }

  /** Old writers summed bytes as they are, those above 127 as negative. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void checksumIsOfSignedOrUnsignedBytes(boolean signed) {
    byte[] tar = LayerTar.of().file("na\u00efve", "x").tar().bytes();
    int sum = 8 * ' ';
    for (int i = 0; i < 512; i++) {
      if (i < 148 || i >= 156) {
        sum += signed ? tar[i] : tar[i] & 0xff;
      }
    }
    byte[] field = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(field, 0, tar, 148, field.length);
    assertThat(entries(scan(tar))).containsKey("na\u00efve");
  }

  @Test
  void modesOfSetuidSetgidAndStickyAreKept() throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    Files.writeString(tree.resolve("su"), "x");
    run("chmod", "6751", tree.resolve("su").toString());
    run("chmod", "1777", tree.toString());
    Map<String, LayerEntry> entries = entries(scan(tree));
    assertThat(at(entries, "su").mode()).isEqualTo(06751);
    assertThat(at(entries, "").mode()).isEqualTo(01777);
  }

  @Test
  void ownersTooLargeForOctalAreRead() throws Exception {
    Path tree = Files.createDirectory(temporary.resolve("tree"));
    Files.writeString(tree.resolve("a"), "x");
    for (String format : new String[] {"gnu", "pax"}) {
      LayerEntry entry =
          at(
              entries(scan(tree, "--format=" + format, "--owner=:3000000000", "--group=:70000000")),
              "a");
      assertThat(Integer.toUnsignedLong(entry.uid())).isEqualTo(3_000_000_000L);
      assertThat(entry.gid()).isEqualTo(70_000_000);
    }
  }

  private LayerFacts scan(Path tree, String... options) throws Exception {
    Path archive = temporary.resolve("layer.tar");
    String[] command = new String[options.length + 6];
    command[0] = "tar";
    System.arraycopy(options, 0, command, 1, options.length);
    System.arraycopy(
        new String[] {"-cf", archive.toString(), "-C", tree.toString(), "."},
        0,
        command,
        options.length + 1,
        5);
    run(command);
    return scan(Files.readAllBytes(archive));
  }

  private static LayerFacts scan(byte[] bytes) {
    ContentInterest everything =
        (path, size, mode) ->
            new ContentInterest.Extraction() {
              @Override
              public int maximumBytes() {
                return 10_000_000;
              }

              @Override
              public byte[] reduce(byte[] content) {
                return content;
              }
            };
    LayerFacts facts =
        new LayerScanner(everything, LayerLimits.DEFAULTS)
            .scan(new ByteArrayInputStream(bytes), LayerTar.blob(bytes, "", bytes).descriptor());
    assertThat(facts.gaps()).isEmpty();
    return facts;
  }

  private static Map<String, LayerEntry> entries(LayerFacts facts) {
    Map<String, LayerEntry> entries = new HashMap<>();
    facts.index().forEach(entry -> entries.put(entry.path(), entry));
    return entries;
  }

  private static LayerEntry at(Map<String, LayerEntry> entries, String path) {
    return Objects.requireNonNull(entries.get(path), path);
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
  }
}
