package dev.tare.inspect.packages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.facts.Fact;
import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.RealImages;
import dev.tare.inspect.packages.go.GoBuildInfo;
import dev.tare.inspect.packages.reader.PackageText;
import dev.tare.inspect.program.ProgramReader;
import dev.tare.layer.ContentReader;
import dev.tare.oci.MediaTypes;
import dev.tare.testing.LayerTar;
import dev.tare.testing.Programs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagePackagesTest {
  @Test
  void packageJsonRightBelowNodeModulesIsPackage() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("app/node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1.0.0\"}")
                .file(
                    "app/node_modules/@s/b/package.json",
                    "{\"repository\":{\"version\":\"9\"},\"version\":\"2.0.0\",\"name\":\"@s/b\"}")
                .file("app/node_modules/a/test/package.json", "{\"name\":\"x\",\"version\":\"1\"}")
                .file("app/package.json", "{\"name\":\"app\",\"version\":\"1\"}")
                .file("app/node_modules/broken/package.json", "{\"name\":"));

    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly("pkg:npm/%40s/b@2.0.0", "pkg:npm/a@1.0.0");
    assertThat(facts.packages().count()).isZero();
    assertThat(facts.gaps())
        .filteredOn(gap -> gap.fact() == Fact.PACKAGES_ITEMS)
        .extracting(ImageFacts.Gap::path)
        .containsExactly("/app/node_modules/broken/package.json");
  }

  @Test
  void installedWheelIsPackage() {
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file(
                    "usr/lib/python3.11/site-packages/requests-2.31.0.dist-info/METADATA",
                    "Metadata-Version: 2.1\nName: requests\nVersion: 2.31.0\n\nVersion: no\n"));

    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly("pkg:pypi/requests@2.31.0");
  }

  /** As RubyGems 3 and 1.8 write them, and as a program may. */
  @Test
  void installedGemIsPackage() {
    String gems = "usr/local/bundle/specifications/";
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file(
                    gems + "nokogiri-1.15.4-x86_64-linux.gemspec",
                    """
                    # -*- encoding: utf-8 -*-
                    # stub: nokogiri 1.15.4 x86_64-linux lib

                    Gem::Specification.new do |s|
                      s.name = "nokogiri".freeze
                    """)
                .file(
                    gems + "rake-0.9.2.gemspec",
                    """
                    Gem::Specification.new do |s|
                      s.name = %q{rake}
                      s.version = Gem::Version.new('0.9.2')
                      s.platform = 'ruby'
                    """)
                .file(gems + "default/json-2.6.3.gemspec", "# stub: json 2.6.3 ruby lib\next\n")
                .file(gems + "computed-1.gemspec", "s.name = \"a#{b}\"\ns.version = VERSION\n")
                .file("app/app.gemspec", "s.name = 'app'\ns.version = '1'\n"));

    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly(
            "pkg:gem/json@2.6.3",
            "pkg:gem/nokogiri@1.15.4?platform=x86_64-linux",
            "pkg:gem/rake@0.9.2");
    assertThat(facts.gaps())
        .filteredOn(gap -> gap.fact() == Fact.PACKAGES_ITEMS)
        .extracting(gap -> gap.path() + ": " + gap.reason())
        .containsExactly(
            "/usr/local/bundle/specifications/computed-1.gemspec: neither a stub line nor name and"
                + " version as texts");
  }

  @Test
  void jarsInsideJarsAreRead() throws IOException {
    byte[] inner = jar("META-INF/maven/org.x/in/pom.properties", properties("org.x", "in", "2"));
    byte[] war = jar("WEB-INF/lib/in.jar", inner);
    ImageFacts facts = inspect(LayerTar.of().file("app/app.war", war));

    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly("pkg:maven/org.x/in@2");
  }

  @Test
  void jarWithoutGroupHasNoPackageUrlAndSaysHowSureItIs() throws IOException {
    byte[] library = jar("META-INF/MANIFEST.MF", "Implementation-Version: 7\n\n".getBytes(UTF_8));
    ImageFacts facts =
        inspect(
            LayerTar.of()
                .file("app/core-7.jar", library)
                .file(
                    "app/in-2.jar",
                    jar("META-INF/maven/o/in/pom.properties", properties("o", "in", "2")))
                .file("app/app.jar", jar("App.class", new byte[9])));

    assertThat(facts.packages().items())
        .extracting(
            ImageFacts.InstalledPackage::name,
            ImageFacts.InstalledPackage::purl,
            ImageFacts.InstalledPackage::evidence,
            ImageFacts.InstalledPackage::confidence)
        .containsExactly(
            tuple("core", null, List.of("file-name", "manifest"), 0.7),
            tuple("o:in", "pkg:maven/o/in@2", List.of("metadata"), 1.0));
    assertThat(facts.gaps())
        .filteredOn(gap -> gap.fact() == Fact.PACKAGES_ITEMS)
        .extracting(gap -> gap.path() + ": " + gap.reason())
        .containsExactly("/app/app.jar: neither its manifest nor its name says a version of app");
  }

  @ParameterizedTest
  @CsvSource({"0", "10", "100"})
  void cutOffJarIsGapAndNoFailure(int length) throws IOException {
    byte[] jar = jar("META-INF/maven/g/a/pom.properties", properties("g", "a", "1"));
    ImageFacts facts =
        inspect(LayerTar.of().file("a.jar", Arrays.copyOf(jar, length)).file("b", "b"));

    assertThat(facts.packages().items()).isEmpty();
    assertThat(facts.gaps().stream().filter(gap -> gap.fact() == Fact.PACKAGES_ITEMS))
        .hasSize(length == 0 ? 0 : 1);
  }

  /**
   * What {@code rust-audit-info} shows of a program that cargo-auditable 0.7 built, but for what is
   * local and what only the build needed.
   */
  @ParameterizedTest
  @CsvSource({"1000", "4194304", "6000001", "12582900"})
  void cratesOfAProgramAreItsPackages(int before) {
    byte[] list =
        Base64.getDecoder()
            .decode(
                "eJx1j0sOwjAMRO/idRQ1ZUWvgliYxK2itnGUD5sqd8ewoRRY+snzRrNBRDvjRBmGywYBV4IBMEZQcKeUPQe5"
                    + "O210JyRzTfb5sLDFRYCjSMFRsP4lMKpXp6uCxFxgKKlSU29pLWzH6UNsjmKbsFDWngXOPjhBt+oXBzuRL4wH"
                    + "S6fPvy27WKZVIl/B/k9/kx0jpxVliWkPXHFdkw==");
    byte[] program = Arrays.copyOf(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, before + 5_000);
    Arrays.fill(
        program, Math.min(4_096, before - 1), before - 1, (byte) 0x78); // Many that may begin one.
    System.arraycopy(list, 0, program, before, list.length);
    program[before / 2] = (byte) 0x9c;
    ImageFacts facts = inspect(LayerTar.of().executable("app/app", program));

    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactly("pkg:cargo/itoa@1.0.9", "pkg:cargo/semver@1.0.20");
    assertThat(facts.gaps()).noneMatch(gap -> gap.fact() == Fact.PACKAGES_ITEMS);

    program[before + 120] ^= 0x55;
    ImageFacts damaged = inspect(LayerTar.of().executable("app/app", program));
    assertThat(damaged.gaps())
        .filteredOn(gap -> gap.fact() == Fact.PACKAGES_ITEMS)
        .extracting(gap -> gap.path() + ": " + gap.reason().replaceAll(":.*", ""))
        .hasSize(1)
        .allMatch(gap -> gap.startsWith("/app/app: the list of crates "));
  }

  /** What {@code unzip -p} shows of every pom.properties in it, guava's in a jar inside the jar. */
  @Test
  void fatJarOfRealImageIsRead(@TempDir Path scratch) {
    ImageFacts facts = new RealImages(scratch).dockerSave("docker-save/java-uberjar.tar");

    assertThat(facts.packages().items())
        .extracting(ImageFacts.InstalledPackage::purl)
        .containsExactlyInAnyOrder(
            "pkg:maven/com.google.guava/guava@30.1-jre",
            "pkg:maven/com.google.j2objc/j2objc-annotations@1.3",
            "pkg:maven/org.slf4j/jul-to-slf4j@1.7.30");
    assertThat(facts.gaps()).noneMatch(gap -> gap.fact() == Fact.PACKAGES_ITEMS);
  }

  /**
   * What {@code go version -m} printed of a program with {@code replace … => ./local} in its
   * go.mod.
   */
  @Test
  void moduleThatADirectoryReplacesIsNotTheOneOfThatVersion() {
    PackageText text = new PackageText();
    new GoBuildInfo(
            "1.26.8",
            """
            path\texample.org/cmd
            mod\texample.org/cmd\t(devel)\t
            dep\tgithub.com/google/uuid\tv1.3.0
            =>\tgithub.com/google/uuid\tv1.6.0\th1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=
            dep\tgolang.org/x/text\tv0.14.0
            =>\t./local\t(devel)\t
            build\t-compiler=gc
            """)
        .addTo(text);

    assertThat(PackageText.packages(text.toBytes(), (item, file) -> {}, why -> {}))
        .extracting(item -> item.name() + " " + item.version())
        .containsExactly("stdlib 1.26.8", "github.com/google/uuid v1.6.0");
  }

  /** {@code go version -m} reads the same binaries. */
  @ParameterizedTest
  @CsvSource({
    "/usr/bin/docker-registry",
    "/usr/bin/skopeo",
    "/usr/bin/buildah",
    "/usr/local/bin/opa",
    "/usr/local/bin/docker"
  })
  void modulesOfGoProgramAreThoseThatGoLists(Path binary) throws IOException, InterruptedException {
    Path go = Path.of("/usr/local/go/bin/go");
    Programs.assumeInstalled(binary.toString());
    Programs.assumeInstalled(go.toString());
    List<String> expected = new ArrayList<>();
    String last = null;
    for (String line : output(go.toString(), "version", "-m", binary.toString()).lines().toList()) {
      String[] fields = line.split("\t", -1);
      if (line.startsWith(binary + ": go")) {
        expected.add("stdlib " + line.substring(line.indexOf(": go") + 4).split(" ", 2)[0]);
      } else if (fields.length > 3 && fields[1].matches("mod|dep|=>")) {
        if (last != null && !fields[1].equals("=>")) {
          expected.add(last);
        }
        last = fields[3].matches("|\\(devel\\)") ? null : fields[2] + " " + fields[3];
      }
    }
    if (last != null) {
      expected.add(last);
    }

    byte[] file = Files.readAllBytes(binary);
    ContentReader reader = ProgramReader.BINARY.reader(file.length);
    int piece = 10_007; // Pieces end anywhere.
    for (int at = 0; at < file.length; at += piece) {
      reader.read(file, at, Math.min(piece, file.length - at));
    }

    assertThat(PackageText.packages(reader.kept(), (item, path) -> {}, why -> {}))
        .extracting(item -> item.name() + " " + item.version())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }

  private static byte[] properties(String group, String artifact, String version) {
    return ("version=" + version + "\ngroupId=" + group + "\nartifactId=" + artifact + "\n")
        .getBytes(UTF_8);
  }

  private static byte[] jar(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private static ImageFacts inspect(LayerTar... tars) {
    return RealImages.inspect(
        RealImages.config(List.of(), List.of(), null),
        Arrays.stream(tars)
            .map(tar -> new RealImages.Blob(tar.gzip().bytes(), MediaTypes.OCI_LAYER_GZIP))
            .toList(),
        RealImages.NO_LINEAGE);
  }
}
