package dev.tare.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.layer.LayerFacts.GapKind;
import dev.tare.layer.LayerFacts.LayerGap;
import dev.tare.oci.Descriptor;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import dev.tare.testing.LayerTar.Blob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerScannerTest {
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0};

  @Test
  void everyTypeOfEntryIsIndexedInTreeOrder() {
    LayerFacts facts =
        scan(
            LayerTar.of()
                .directory("./")
                .directory("usr")
                .file("usr-note", "x")
                .executable("usr/tool", ELF)
                .executable("usr/script", "#!/bin/sh\n")
                .symlink("usr/link", "../etc")
                .hardLink("usr/second", "./usr/tool")
                .device("dev/null")
                .whiteout("etc/motd")
                .opaque("var")
                .gzip(),
            keepAll());
    assertThat(facts.index())
        .extracting(LayerEntry::path, LayerEntry::type, LayerEntry::content, LayerEntry::linkTarget)
        .containsExactly(
            tuple("", EntryType.DIRECTORY, ContentKind.NONE, null),
            tuple("dev/null", EntryType.SPECIAL, ContentKind.NONE, null),
            tuple("etc/motd", EntryType.WHITEOUT, ContentKind.NONE, null),
            tuple("usr", EntryType.DIRECTORY, ContentKind.NONE, null),
            tuple("usr/link", EntryType.SYMLINK, ContentKind.NONE, "../etc"),
            tuple("usr/script", EntryType.FILE, ContentKind.SCRIPT, null),
            tuple("usr/second", EntryType.HARD_LINK, ContentKind.NONE, "usr/tool"),
            tuple("usr/tool", EntryType.FILE, ContentKind.ELF, null),
            tuple("usr-note", EntryType.FILE, ContentKind.OTHER, null),
            tuple("var", EntryType.OPAQUE, ContentKind.NONE, null));
    assertThat(facts.gaps()).isEmpty();
  }

  @Test
  void digestSizesAndDiffIdAreOfWhatWasRead() {
    Blob blob = LayerTar.of().file("a", "content").gzip();
    LayerFacts facts = scan(blob);
    assertThat(facts.digest()).isEqualTo(blob.descriptor().digest());
    assertThat(facts.diffId()).isEqualTo(blob.diffId());
    assertThat(facts.compressedBytes()).isEqualTo(blob.bytes().length);
    assertThat(facts.uncompressedBytes()).isEqualTo(2_048);
  }

  @Test
  void compressionIsTakenFromTheContentNotTheMediaType() {
    LayerTar tar = LayerTar.of().file("a", "content");
    assertThat(scan(tar.gzip()).compression()).isEqualTo("gzip");
    assertThat(scan(tar.zstd()).compression()).isEqualTo("zstd");
    assertThat(scan(tar.tar()).compression()).isEqualTo("none");
    Blob mislabelled = tar.zstd();
    Descriptor gzip =
        new Descriptor(
            MediaTypes.OCI_LAYER_GZIP,
            mislabelled.descriptor().digest(),
            mislabelled.descriptor().sizeBytes());
    assertThat(scan(new ByteArrayInputStream(mislabelled.bytes()), gzip).compression())
        .isEqualTo("zstd");
  }

  @Test
  void lastEntryOfAPathWins() {
    LayerFacts facts =
        scan(LayerTar.of().file("a", "first").symlink("a", "b").file("a", "third!").tar());
    assertThat(facts.index())
        .singleElement()
        .satisfies(entry -> {
          assertThat(entry.type()).isEqualTo(EntryType.FILE);
          assertThat(entry.sizeBytes()).isEqualTo(6);
        });
  }

  @Test
  void markerAndEntryOfOnePathAreBothKeptMarkerFirst() {
    LayerFacts facts = scan(LayerTar.of().directory("a").opaque("a").whiteout("a").tar());
    assertThat(facts.index())
        .extracting(LayerEntry::type)
        .containsExactly(EntryType.WHITEOUT, EntryType.DIRECTORY);
  }

  @Test
  void directoryThatSomethingElseReplacesLosesWhatWasBelowIt() {
    LayerFacts facts =
        scan(
            LayerTar.of()
                .directory("a")
                .file("a/gone", "x")
                .file("a-stays", "x")
                .symlink("a", "b")
                .tar(),
            keepAll());
    assertThat(facts.index()).extracting(LayerEntry::path).containsExactly("a", "a-stays");
    assertThat(facts.kept()).containsOnlyKeys("a-stays");
  }

  @Test
  void keptContentIsWhatTheExtractionMadeOfIt() {
    ContentInterest interest =
        (path, size, mode) ->
            path.equals("etc/os-release") ? reducing(100, c -> Arrays.copyOf(c, 2)) : null;
    LayerFacts facts =
        scan(LayerTar.of().file("etc/os-release", "ID=x").file("etc/b", "").tar(), interest);
    assertThat(facts.kept()).containsOnlyKeys("etc/os-release");
    assertThat(facts.kept().get("etc/os-release")).containsExactly('I', 'D');
  }

  @Test
  void contentAboveItsMaximumIsAGap() {
    ContentInterest interest = (path, size, mode) -> reducing(3, c -> c);
    LayerFacts facts = scan(LayerTar.of().file("a", "four").tar(), interest);
    assertThat(facts.kept()).isEmpty();
    assertThat(facts.gaps())
        .containsExactly(new LayerGap(GapKind.ENTRY, "a", "not read: 4 bytes, limit 3"));
  }

  @Test
  void contentOfAPathThatIsWrittenAgainIsForgotten() {
    LayerFacts facts = scan(LayerTar.of().file("a", "first").file("a", "second").tar(), keepAll());
    assertThat(facts.kept().get("a")).asString(StandardCharsets.UTF_8).isEqualTo("second");
    assertThat(scan(LayerTar.of().file("a", "first").directory("a").tar(), keepAll()).kept())
        .isEmpty();
  }

  @Test
  void fileCapabilityIsNamed() {
    LayerFacts facts =
        scan(
            LayerTar.of()
                .executableWithCapability("bin/ping", ELF, 13)
                .executableWithCapability("bin/perf", ELF, 38)
                .tar());
    assertThat(facts.index())
        .extracting(LayerEntry::capabilities)
        .containsExactly("cap_perfmon", "cap_net_raw");
  }

  @Test
  void pathThatLeadsUpwardsIsAGapNotAnEntry() {
    LayerFacts facts =
        scan(LayerTar.of().file("../../etc/passwd", "x").file("a/../b", "x").file("ok", "").tar());
    assertThat(facts.index()).extracting(LayerEntry::path).containsExactly("ok");
    assertThat(facts.gaps())
        .extracting(LayerGap::path)
        .containsExactly("../../etc/passwd", "a/../b");
  }

  @Test
  void hardLinkOutOfTheLayerIsAGapNotAnEntry() {
    LayerFacts facts = scan(LayerTar.of().hardLink("shadow", "../../etc/shadow").tar());
    assertThat(facts.index()).isEmpty();
    assertThat(facts.gaps()).extracting(LayerGap::path).containsExactly("shadow");
  }

  @Test
  void hardLinkBeforeItsTargetIsAGapThatNamesBoth() {
    LayerFacts facts =
        scan(
            LayerTar.of()
                .hardLink("early", "target")
                .hardLink("replaced", "target")
                .file("replaced", "1")
                .file("target", "1")
                .hardLink("late", "target")
                .tar());
    assertThat(facts.gaps())
        .containsExactly(
            new LayerGap(
                GapKind.ENTRY,
                "early",
                "a hard link to \"/target\", which comes only after it: left out"));
    assertThat(facts.index())
        .extracting(LayerEntry::path, LayerEntry::linkTarget)
        .containsExactly(
            tuple("early", ""),
            tuple("late", "target"),
            tuple("replaced", null),
            tuple("target", null));
  }

  @Test
  void pathsAreNormalised() {
    LayerFacts facts =
        scan(LayerTar.of().file("./a//b/./c", "").file("/d", "").file(".hidden/..e", "").tar());
    assertThat(facts.index())
        .extracting(LayerEntry::path)
        .containsExactly(".hidden/..e", "a/b/c", "d");
  }

  @Test
  void bytesThatAreNotUtf8StandAsHexadecimal() {
    byte[] name = {'c', 'a', 'f', (byte) 0xe9, '/', (byte) 0xc3, (byte) 0xa9};
    LayerTar tar = LayerTar.of();
    LayerFacts facts = scan(tar.raw(tar.header('0', name, new byte[0], 0644, 0)).tar());
    assertThat(facts.index()).extracting(LayerEntry::path).containsExactly("caf\\xe9/é");
  }

  @Test
  void bookkeepingOfAufsIsIgnored() {
    LayerFacts facts =
        scan(LayerTar.of().file(".wh..wh.aufs", "").file(".wh..wh.plnk/12.3", "x").tar());
    assertThat(facts.index()).isEmpty();
    assertThat(facts.gaps()).isEmpty();
  }

  @Test
  void whiteoutThatNamesNothingIsAGap() {
    LayerFacts facts = scan(LayerTar.of().file("a/.wh.", "").file("a/.wh...", "").tar());
    assertThat(facts.index()).isEmpty();
    assertThat(facts.gaps()).hasSize(2);
  }

  @Test
  void ownersAboveTwoToThe31AreKeptInTheirBits() {
    LayerEntry entry =
        scan(LayerTar.of().pax("uid", ascii("4294967294")).owner(1, 1000).file("a", "").tar())
            .index()
            .iterator()
            .next();
    assertThat(Integer.toUnsignedLong(entry.uid())).isEqualTo(4_294_967_294L);
    assertThat(entry.gid()).isEqualTo(1000);
  }

  @Test
  void globalHeaderIsPassedOverAndSaidSo() {
    LayerTar tar = LayerTar.of();
    tar.entry('g', "pax_global_header", "", 0644, LayerTar.paxRecord("path", ascii("evil")));
    LayerFacts facts = scan(tar.file("a", "").tar());
    assertThat(facts.index()).extracting(LayerEntry::path).containsExactly("a");
    assertThat(facts.gaps()).singleElement().extracting(LayerGap::path).isEqualTo("");
  }

  @Test
  void gapSaysWhatIsMissing() {
    LayerFacts facts =
        scan(
            LayerTar.of()
                .pax("SCHILY.xattr.security.capability", ascii("gibberish"))
                .file("usr/bin/ping", "")
                .file("../outside", "")
                .tar());
    assertThat(facts.gaps())
        .extracting(LayerGap::kind, LayerGap::path)
        .containsExactly(
            tuple(GapKind.CAPABILITIES, "usr/bin/ping"), tuple(GapKind.ENTRY, "../outside"));
  }

  @Test
  void gapsBeyondThoseThatAreNamedAreCounted() {
    LayerTar tar = LayerTar.of();
    for (int i = 0; i < 1_002; i++) {
      tar.file("../" + i, "");
    }
    assertThat(scan(tar.tar()).gaps())
        .hasSize(1_001)
        .last()
        .isEqualTo(new LayerGap(GapKind.MORE_ENTRIES, "", "2 more entries with gaps"));
  }

  @Test
  void tarWithoutEndBlocksIsAccepted() {
    byte[] bytes = LayerTar.of().file("a", "x").file("b", "y").withoutEnd();
    assertThat(scan(LayerTar.blob(bytes, "", bytes)).index()).hasSize(2);
    byte[] unpadded = Arrays.copyOf(bytes, bytes.length - 511);
    assertThat(scan(LayerTar.blob(unpadded, "", unpadded)).index()).hasSize(2);
    assertThat(scan(LayerTar.blob(new byte[0], "", new byte[0])).index()).isEmpty();
  }

  @Test
  void whatStandsBehindTheEndBlocksIsHashedButNotIndexed() {
    byte[] tar =
        concat(
            LayerTar.of().file("a", "x").tar().bytes(),
            LayerTar.of().file("stargz.index.json", "{}").tar().bytes());
    LayerFacts facts = scan(LayerTar.blob(LayerTar.gzipped(tar), "", tar));
    assertThat(facts.index()).extracting(LayerEntry::path).containsExactly("a");
    assertThat(facts.diffId()).isEqualTo(Digest.sha256(tar));
    assertThat(facts.uncompressedBytes()).isEqualTo(tar.length);
  }

  @Test
  void gzipMayHaveSeveralMembersAndPadding() {
    byte[] tar = LayerTar.of().file("a", "x").file("b", "y").tar().bytes();
    byte[] members =
        concat(
            LayerTar.gzipped(Arrays.copyOf(tar, 700)),
            LayerTar.gzipped(new byte[0]),
            LayerTar.gzipped(Arrays.copyOfRange(tar, 700, tar.length)),
            new byte[100]);
    LayerFacts facts = scan(LayerTar.blob(members, "", tar));
    assertThat(facts.index()).hasSize(2);
    assertThat(facts.diffId()).isEqualTo(Digest.sha256(tar));
    assertThat(facts.gaps()).isEmpty();
  }

  @Test
  void whatStandsBehindTheGzipDataIsAGap() {
    Blob plain = LayerTar.of().file("a", "x").gzip();
    byte[] bytes = concat(plain.bytes(), ascii("trailing"));
    assertThat(scan(LayerTar.blob(bytes, "", bytes)).gaps())
        .containsExactly(
            new LayerGap(GapKind.REMARK, "", "8 bytes after the gzip data were not read"));
  }

  @Test
  void zstdMayHaveSeveralAndSkippableFrames() {
    byte[] tar = LayerTar.of().file("a", "x").tar().bytes();
    byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3};
    byte[] frames =
        concat(
            skippable,
            Zstd.compress(Arrays.copyOf(tar, 512)),
            skippable,
            Zstd.compress(Arrays.copyOfRange(tar, 512, tar.length)),
            skippable);
    LayerFacts facts = scan(LayerTar.blob(frames, "", tar));
    assertThat(facts.compression()).isEqualTo("zstd");
    assertThat(facts.diffId()).isEqualTo(Digest.sha256(tar));
    assertThat(facts.index()).hasSize(1);
  }

  @Test
  void sourceThatHandsOutOneByteAtATimeGivesTheSame() {
    Blob blob = LayerTar.of().file("a", "x").whiteout("b").gzip();
    InputStream trickle =
        new InputStream() {
          private int next;

          @Override
          public int read() {
            return next < blob.bytes().length ? blob.bytes()[next++] & 0xff : -1;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            int value = read();
            if (value < 0) {
              return -1;
            }
            target[offset] = (byte) value;
            return 1;
          }
        };
    assertThat(scan(trickle, blob.descriptor()).index()).hasSize(2);
  }

  @Test
  void blobWithWrongDigestIsRejected() {
    Blob blob = LayerTar.of().file("a", "x").gzip();
    Descriptor other =
        new Descriptor("", Digest.sha256(new byte[0]), blob.descriptor().sizeBytes());
    assertThatThrownBy(() -> scan(new ByteArrayInputStream(blob.bytes()), other))
        .isInstanceOfSatisfying(
            TareException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(FailureKind.BAD_CONTENT);
              assertThat(e)
                  .hasMessageStartingWith("layer " + other.digest() + ": digest mismatch: the ")
                  .hasMessageEndingWith(" bytes received have " + blob.descriptor().digest());
            });
  }

  @Test
  void blobWithWrongSizeIsRejected() {
    Blob blob = LayerTar.of().file("a", "x").tar();
    for (long size : new long[] {blob.bytes().length - 1, blob.bytes().length + 1}) {
      Descriptor other = new Descriptor("", blob.descriptor().digest(), size);
      assertThatThrownBy(() -> scan(new ByteArrayInputStream(blob.bytes()), other))
          .isInstanceOfSatisfying(
              TareException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.BAD_CONTENT));
    }
  }

  @Test
  void truncatedEntryIsNamedWithExpectedAndActualBytes() {
    byte[] whole = LayerTar.of().file("usr/lib/x", new byte[4_096]).withoutEnd();
    byte[] cut = Arrays.copyOf(whole, 512 + 1_024);
    assertThatThrownBy(() -> scan(LayerTar.blob(cut, "", cut)))
        .hasMessage(
            "layer "
                + Digest.sha256(cut)
                + ": entry usr/lib/x: expected 4,096 bytes, stream ended at 1,024");
  }

  @Test
  void failingStreamIsWorthAnotherTry() {
    Blob blob = LayerTar.of().file("a", new byte[100_000]).gzip();
    InputStream dropped =
        new SequenceInputStream(
            new ByteArrayInputStream(blob.bytes(), 0, 60),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatThrownBy(() -> scan(dropped, blob.descriptor()))
        .isInstanceOfSatisfying(
            TareException.class,
            e -> {
              assertThat(e.retryHelps()).isTrue();
              assertThat(e)
                  .hasMessageContaining("stream failed at byte 60 of " + blob.bytes().length)
                  .hasMessageContaining("connection reset");
            });
  }

  @Test
  void otherCompressionIsNamed() {
    byte[] xz = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 4};
    assertThatThrownBy(() -> scan(LayerTar.blob(xz, "", xz))).hasMessageContaining("xz");
    byte[] bzip2 = ascii("BZh91AY&SY");
    assertThatThrownBy(() -> scan(LayerTar.blob(bzip2, "", bzip2))).hasMessageContaining("bzip2");
  }

  @Test
  void unsortedLayerOfManyRunsComesOutSorted() {
    LayerTar tar = LayerTar.of();
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < 150_000; i++) {
      // A walk over all numbers below 150,000 that is far from sorted.
      String path = "dir" + (i * 7_919L % 150_000) % 97 + "/f" + i * 7_919L % 150_000;
      paths.add(path);
      tar.file(path, "");
    }
    paths.sort(TreeOrder.INSTANCE);
    LayerFacts facts = scan(tar.tar());
    assertThat(facts.index().size()).isEqualTo(150_000);
    assertThat(facts.index()).extracting(LayerEntry::path).containsExactlyElementsOf(paths);
  }

  private static LayerFacts scan(Blob blob) {
    return scan(blob, (path, size, mode) -> null);
  }

  private static LayerFacts scan(Blob blob, ContentInterest interest) {
    return new LayerScanner(interest, LayerLimits.DEFAULTS)
        .scan(new ByteArrayInputStream(blob.bytes()), blob.descriptor());
  }

  private static LayerFacts scan(InputStream in, Descriptor descriptor) {
    return new LayerScanner((path, size, mode) -> null, LayerLimits.DEFAULTS).scan(in, descriptor);
  }

  private static ContentInterest keepAll() {
    return (path, size, mode) -> reducing(1_000, content -> content);
  }

  private static ContentInterest.Extraction reducing(
      int maximum, java.util.function.UnaryOperator<byte[]> reduction) {
    return new ContentInterest.Extraction() {
      @Override
      public int maximumBytes() {
        return maximum;
      }

      @Override
      public byte[] reduce(byte[] content) {
        return reduction.apply(content);
      }
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
