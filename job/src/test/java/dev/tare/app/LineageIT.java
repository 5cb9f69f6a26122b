package dev.tare.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tare.testing.DistributionBinary;
import dev.tare.testing.Programs;
import dev.tare.testing.RawPush;
import dev.tare.testing.Skopeo;
import dev.tare.testing.TestImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A real base, an image that buildah builds on it, and what can be said of it in a registry: its
 * annotations, an attestation in an index, a signature by the referrers tag schema, a base whose
 * tag moves on. Digests and diff IDs are skopeo's.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineageIT {
  private static final String OLD = "docker-archive:docker-save/alpine-3.10-4gzlayers-whiteout.tar";
  private static final String NEW = "oci-archive:oci/npm-lock-alpine3.19.tar";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Schema INSPECT = schema("inspect");

  private DistributionBinary registry;
  private Path directory;
  private String host;
  private RawPush push;
  private String baseDigest;
  private Instant baseCreated;
  private String twinDigest;
  private String plainDigest;
  private WrittenReport first;
  private WrittenReport afterMove;
  private CommandLineRun learned;
  private WrittenReport withLearnedBases;

  @BeforeAll
  void scanBeforeAndAfterTheBaseMoves(@TempDir Path scratch) throws Exception {
    Programs.assumeInstalled("skopeo");
    Programs.assumeInstalled("buildah");
    directory = scratch;
    registry = DistributionBinary.start();
    host = registry.host();
    push = new RawPush(host);
    push(OLD, "base/alpine:3.10");
    baseDigest = digest("base/alpine:3.10");
    baseCreated = created("base/alpine:3.10");
    buildChild();
    pushTwinOfBase();
    pushTiedChild();
    pushAttestedChild();
    learned =
        CommandLineRun.of(
            "bases",
            "learn",
            host + "/base/alpine:3.10",
            "--bases",
            file("bases.yaml"),
            "--state",
            file("learning"));
    first = scan("state", host);
    push(NEW, "base/alpine:3.10");
    pushChildOfTheNewBase();
    afterMove = scan("state", host);
    withLearnedBases = scan("fresh", host + "/team/app:1", "--bases", file("bases.yaml"));
  }

  private static Schema schema(String name) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(LineageIT.class.getResourceAsStream("/tare/schemas/" + name + ".schema.json"));
  }

  @AfterAll
  void stop() {
    if (registry != null) {
      push.close();
      registry.close();
    }
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private void push(String source, String name) {
    int colon = source.indexOf(':') + 1;
    Skopeo.push(
        source.substring(0, colon) + TestImages.path(source.substring(colon)), host + "/" + name);
  }

  private Instant created(String name) {
    return Instant.parse(
        Skopeo.inspect(
            host + "/" + name, "{{.Created.UTC.Format \"2006-01-02T15:04:05.999999999Z\"}}"));
  }

  private String digest(String name) {
    return Skopeo.inspect(host + "/" + name, "{{.Digest}}");
  }

  private void buildChild() throws IOException {
    Path context = Files.createDirectories(directory.resolve("context"));
    Files.writeString(context.resolve("greeting"), "hello\n");
    Files.writeString(
        context.resolve("Dockerfile"),
        "FROM " + host + "/base/alpine:3.10\nCOPY greeting /opt/greeting\n");
    buildah(
        "build",
        "-q",
        "--isolation",
        "chroot",
        "--tls-verify=false",
        "-t",
        host + "/team/app:1",
        context.toString());
    buildah("push", "-q", "--tls-verify=false", host + "/team/app:1");
  }

  private String buildah(String... arguments) {
    return Programs.run(
        Stream.concat(
                Stream.of(
                    "buildah",
                    "--root",
                    file("images"),
                    "--runroot",
                    file("run"),
                    "--storage-driver",
                    "vfs"),
                Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** The base under another name, its manifest differing by a space: the same layers. */
  private void pushTwinOfBase() throws Exception {
    Skopeo.push(
        "docker://" + host + "/base/alpine:3.10", host + "/base/twin:1", "--src-tls-verify=false");
    String manifest = Skopeo.rawManifest(host + "/base/twin:1") + " ";
    push.manifest("base/twin", "1", DOCKER_MANIFEST, manifest);
    twinDigest = RawPush.sha256(manifest);
  }

  /** The child without a word about its base. */
  private void pushTiedChild() throws Exception {
    ObjectNode manifest = (ObjectNode) JSON.readTree(Skopeo.rawManifest(host + "/team/app:1"));
    manifest.remove("annotations");
    push.manifest("team/app", "tied", MANIFEST, manifest.toString());
  }

  /** The child once more without a word, but with provenance in its index, and signed. */
  private void pushAttestedChild() throws Exception {
    ObjectNode manifest = (ObjectNode) JSON.readTree(Skopeo.rawManifest(host + "/team/app:1"));
    manifest.putObject("annotations").put("only", "for another digest");
    plainDigest = RawPush.sha256(manifest.toString());
    push.manifest("team/app", plainDigest, MANIFEST, manifest.toString());
    String purl =
        "pkg:docker/" + host.replace(":", "%3A") + "/base/alpine@3.10?platform=linux%2Famd64";
    String statement =
        """
        {"_type":"https://in-toto.io/Statement/v1","predicateType":"https://slsa.dev/provenance/v1",
         "subject":[{"name":"app","digest":{"sha256":"%s"}}],
         "predicate":{"buildDefinition":{"buildType":"https://mobyproject.org/buildkit@v1","resolvedDependencies":[
           {"uri":"pkg:docker/golang@1.22","digest":{"sha256":"%s"}},
           {"uri":"%s","digest":{"sha256":"%s"}}]}}}
        """
            .formatted(hex(plainDigest), "0".repeat(64), purl, hex(baseDigest));
    String attestation =
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,
         "layers":[{"mediaType":"application/vnd.in-toto+json","digest":"%s","size":%d,
                    "annotations":{"in-toto.io/predicate-type":"https://slsa.dev/provenance/v1"}}]}
        """
            .formatted(MANIFEST, config(), push.blob("team/app", statement), statement.length());
    push.manifest("team/app", RawPush.sha256(attestation), MANIFEST, attestation);
    push.manifest(
        "team/app",
        "attested",
        INDEX,
        """
        {"schemaVersion":2,"mediaType":"%s","manifests":[
          {"mediaType":"%s","digest":"%s","size":%d,"platform":{"os":"linux","architecture":"amd64"}},
          {"mediaType":"%s","digest":"%s","size":%d,"platform":{"os":"unknown","architecture":"unknown"},
           "annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"%s"}}]}
        """
            .formatted(
                INDEX,
                MANIFEST,
                plainDigest,
                manifest.toString().length(),
                MANIFEST,
                RawPush.sha256(attestation),
                attestation.length(),
                plainDigest));
    String signature =
        """
        {"schemaVersion":2,"mediaType":"%s","artifactType":"application/vnd.dev.cosign.artifact.sig.v1+json",
         "config":%s,"layers":[]}
        """
            .formatted(MANIFEST, config());
    push.manifest("team/app", RawPush.sha256(signature), MANIFEST, signature);
    push.manifest(
        "team/app",
        "sha256-" + hex(plainDigest),
        INDEX,
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"artifactType\":\"application/vnd.dev.cosign.artifact.sig.v1+json\"}]}"
            .formatted(INDEX, MANIFEST, RawPush.sha256(signature), signature.length()));
  }

  /** An image that says it is the new base and nothing more. */
  private void pushChildOfTheNewBase() throws Exception {
    Skopeo.push(
        "docker://" + host + "/base/alpine:3.10", host + "/team/app:new", "--src-tls-verify=false");
    ObjectNode manifest = (ObjectNode) JSON.readTree(Skopeo.rawManifest(host + "/team/app:new"));
    manifest
        .putObject("annotations")
        .put("org.opencontainers.image.base.name", host + "/base/alpine:3.10")
        .put("org.opencontainers.image.base.digest", digest("base/alpine:3.10"));
    push.manifest("team/app", "new", MANIFEST, manifest.toString());
  }

  private String config() throws Exception {
    return "{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\"%s\",\"size\":2}"
        .formatted(push.blob("team/app", "{}"));
  }

  private static String hex(String digest) {
    return digest.substring(digest.indexOf(':') + 1);
  }

  private WrittenReport scan(String state, String... arguments) throws IOException {
    return scan(Clock.systemUTC(), state, arguments);
  }

  private WrittenReport scan(Clock clock, String state, String... arguments) throws IOException {
    Path output = directory.resolve("out-" + System.nanoTime());
    CommandLineRun run =
        CommandLineRun.of(
            clock,
            Map.of(),
            Stream.concat(
                    Stream.of(
                        "scan",
                        "--no-progress",
                        "--fail-on",
                        "never",
                        "--tickets",
                        "none",
                        "--format",
                        "json",
                        "-o",
                        output.toString(),
                        "--state",
                        file(state)),
                    Stream.of(arguments))
                .toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return WrittenReport.in(output);
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  @Test
  void childOfBuildahStandsOnTheLayersThatSkopeoSees() {
    JsonNode base = first.facts("team/app:1").path("base");
    JsonNode parent = base.path("parent");
    assertThat(parent.path("digest").stringValue()).isEqualTo(baseDigest);
    assertThat(texts(parent.path("evidence"))).containsExactly("annotation", "layers");
    assertThat(parent.path("confidence").doubleValue()).isEqualTo(1);
    assertThat(parent.path("tie").booleanValue()).isFalse();
    List<String> own = diffIds("team/app:1");
    List<String> below = diffIds("base/twin:1");
    assertThat(parent.path("layers").intValue()).isEqualTo(below.size());
    assertThat(own.subList(0, below.size())).isEqualTo(below);
  }

  private List<String> diffIds(String name) {
    return texts(
        JSON.readTree(
                Programs.run(
                    "skopeo",
                    "inspect",
                    "--config",
                    "--tls-verify=false",
                    "docker://" + host + "/" + name))
            .path("rootfs")
            .path("diff_ids"));
  }

  @Test
  void withoutAWordAllImagesOfTheSameStackAreTies() {
    JsonNode base = first.facts("team/app:tied").path("base");
    assertThat(base.path("lineage").valueStream().map(one -> one.path("digest").stringValue()))
        .containsExactlyInAnyOrder(baseDigest, twinDigest);
    assertThat(base.path("lineage").valueStream()).allMatch(one -> one.path("tie").booleanValue());
    assertThat(base.path("outdated").path("known").booleanValue()).isFalse();
  }

  @Test
  void provenanceTellsWhichOfTheTiesItWas() {
    JsonNode facts = first.facts("team/app:attested");
    JsonNode parent = facts.path("base").path("parent");
    assertThat(parent.path("digest").stringValue()).isEqualTo(baseDigest);
    assertThat(texts(parent.path("evidence"))).containsExactly("provenance", "layers");
    assertThat(parent.path("tie").booleanValue()).isFalse();
    JsonNode provenance = facts.path("provenance");
    assertThat(texts(provenance.path("attestations")))
        .containsExactly("https://slsa.dev/provenance/v1");
    assertThat(texts(provenance.path("slsaMaterials")))
        .hasSize(2)
        .last()
        .asString()
        .contains(hex(baseDigest));
    assertThat(gaps(facts)).doesNotContain("provenance");
  }

  @Test
  void signatureIsFoundByTheReferrersTagSchema() {
    assertThat(first.facts("team/app:attested").path("provenance").path("signed").booleanValue())
        .isTrue();
    assertThat(first.facts("team/app:1").path("provenance").path("signed").booleanValue())
        .isFalse();
  }

  @Test
  void baseWhoseTagNamesItStillIsUpToDate() {
    JsonNode outdated = first.facts("team/app:1").path("base").path("outdated");
    assertThat(outdated.path("known").booleanValue()).isTrue();
    assertThat(outdated.path("currentDigest").stringValue()).isEqualTo(baseDigest);
    assertThat(outdated.path("lagDays").intValue()).isZero();
  }

  @Test
  void registryOfThisMachineIsOneUnderAllItsNames() throws IOException {
    String address =
        host.startsWith("localhost")
            ? host.replace("localhost", "127.0.0.1")
            : host.replace("127.0.0.1", "localhost");
    JsonNode base = scan("address", address + "/team/app:1").facts("team/app:1").path("base");
    assertThat(base.path("parent").path("digest").stringValue()).isEqualTo(baseDigest);
    assertThat(base.path("outdated").path("known").booleanValue()).isTrue();
  }

  @Test
  void baseWhoseTagNamesAnotherImageIsOutdated() {
    JsonNode base = afterMove.facts("team/app:1").path("base");
    assertThat(base.path("parent").path("digest").stringValue()).isEqualTo(baseDigest);
    assertThat(base.path("outdated").path("known").booleanValue()).isTrue();
    assertThat(base.path("outdated").path("currentDigest").stringValue())
        .isEqualTo(digest("base/alpine:3.10"))
        .isNotEqualTo(baseDigest);
    assertThat(base.path("outdated").path("lagDays").longValue())
        .isEqualTo(Duration.between(baseCreated, created("base/alpine:3.10")).toDays())
        .isPositive();
  }

  @Test
  void tagThatNamesAnotherImageRemembersWhatItNamedBefore() {
    JsonNode manifest = JSON.readTree(Skopeo.rawManifest(host + "/base/alpine@" + baseDigest));
    long weight = 0;
    for (JsonNode layer : manifest.path("layers")) {
      weight += layer.path("size").longValue();
    }
    JsonNode previous = afterMove.facts("base/alpine:3.10").path("size").path("previous");
    assertThat(previous.path("reference").stringValue())
        .isEqualTo(host + "/base/alpine@" + baseDigest);
    assertThat(previous.path("compressed").longValue()).isEqualTo(weight);
    assertThat(growth(first)).isEqualTo("unknown");
    assertThat(growth(afterMove)).isIn("pass", "fail");
  }

  private static String growth(WrittenReport report) {
    for (JsonNode image : report.images()) {
      if (image.path("reference").stringValue().endsWith("/base/alpine:3.10")) {
        for (JsonNode outcome : image.path("outcomes")) {
          if (outcome.path("rule").stringValue().equals("TARE-SIZE-005")) {
            return outcome.path("outcome").stringValue();
          }
        }
      }
    }
    return "none";
  }

  @Test
  void learnedBaseIsRecognisedWithoutBeingScanned() {
    assertThat(learned.status()).as(learned.err()).isZero();
    JsonNode base = withLearnedBases.facts("team/app:1").path("base");
    assertThat(base.path("parent").path("digest").stringValue()).isEqualTo(baseDigest);
    assertThat(texts(base.path("parent").path("evidence"))).containsExactly("annotation", "layers");
    assertThat(base.path("outdated").path("currentDigest").stringValue())
        .isEqualTo(digest("base/alpine:3.10"));
  }

  @Test
  void baseImageHasNoAncestorAndNoGapAboutOne() {
    JsonNode facts = first.facts("base/alpine:3.10");
    assertThat(facts.path("base").path("lineage")).isEmpty();
    assertThat(gaps(facts)).doesNotContain("base.outdated");
  }

  @Test
  void baseSaysWhatMarksItAsOne() throws IOException {
    assertThat(texts(first.facts("base/alpine:3.10").path("base").path("knownAsBase")))
        .as("images of the run stand on it")
        .containsExactly("images");
    assertThat(texts(first.facts("team/app:1").path("base").path("knownAsBase"))).isEmpty();
    JsonNode learnedToo =
        scan("own", host + "/base/alpine@" + baseDigest, "--bases", file("bases.yaml"))
            .images()
            .get(0);
    assertThat(texts(learnedToo.path("facts").path("base").path("knownAsBase")))
        .as("in the catalogue, and alone in the run")
        .containsExactly("catalogue");
  }

  private static List<String> gaps(JsonNode facts) {
    return facts.path("gaps").valueStream().map(gap -> gap.path("fact").asString()).toList();
  }

  @Test
  void lineageOfTheBaseNamesWhatAChangeTouches() {
    CommandLineRun run =
        CommandLineRun.of("lineage", "base/alpine", "--format", "json", "--state", file("state"));
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode trees = JSON.readTree(run.out()).path("trees");
    assertThat(
            trees
                .valueStream()
                .flatMap(tree -> tree.path("touches").valueStream())
                .map(JsonNode::asString))
        .contains(host + "/team/app:1", host + "/team/app:attested");
  }

  @Test
  void lineageShowsTheTreeAndSaysWhatIsOutdated() {
    CommandLineRun run = CommandLineRun.of("lineage", "team/app:1", "--state", file("state"));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("└─ team/app:1")
        .contains("annotation, layers")
        .containsPattern("base is \\d+ days behind")
        .doesNotContain("team/app:tied");
  }

  @Test
  void lineageOfANameThatIsNotThereIsWrongUsage() {
    CommandLineRun run = CommandLineRun.of("lineage", "no/such", "--state", file("state"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("has no image called no/such");
  }

  @Test
  void layerOfAnImageShowsWhatItAdded() {
    CommandLineRun run =
        CommandLineRun.of(
            "inspect", host + "/team/app:1", "--layer", "4", "-q", "--state", file("state"));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("added 1 entry, 6 B").contains("greeting");
    CommandLineRun wrong =
        CommandLineRun.of(
            "inspect", host + "/team/app:1", "--layer", "5", "-q", "--state", file("state"));
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("the image has 5 layers, 0 to 4");
  }

  @Test
  void layerAndTreeStandInTheJsonOfInspectToo() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "inspect",
            host + "/team/app:1",
            "--layer",
            "4,0",
            "--tree",
            "--depth",
            "64",
            "--entries",
            "10000",
            "--format",
            "json",
            "-q",
            "--state",
            file("state"));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(INSPECT.validate(run.out(), InputFormat.JSON)).isEmpty();
    JsonNode document = JSON.readTree(run.out());
    JsonNode inspection = document.path("inspection");
    assertThat(inspection.path("layers").valueStream().map(layer -> layer.path("index").asInt()))
        .containsExactly(4, 0);
    JsonNode added = inspection.path("layers").get(0).path("changes").path("added");
    assertThat(added.path("entries").longValue()).isEqualTo(1);
    assertThat(added.path("bytes").longValue()).isEqualTo("hello\n".length());
    buildah("from", "--name", "unpacked", host + "/team/app:1");
    Path mounted = Path.of(buildah("mount", "unpacked").strip());
    List<String> files;
    try (Stream<Path> all = Files.walk(mounted)) {
      files =
          all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
              .map(path -> mounted.relativize(path).toString())
              .sorted()
              .toList();
    }
    List<String> shown = new ArrayList<>();
    leaves(inspection.path("files"), "", shown);
    assertThat(shown.stream().sorted()).isEqualTo(files);
    assertThat(inspection.path("files").path("entries").intValue()).isEqualTo(files.size());
  }

  private static void leaves(JsonNode tree, String path, List<String> into) {
    if (!tree.path("directory").booleanValue()) {
      into.add(path);
    }
    tree.path("children")
        .forEach(child ->
            leaves(
                child,
                (path.isEmpty() ? "" : path + "/") + child.path("name").stringValue(),
                into));
  }

  @Test
  void smallerRelativeOfTheBaseIsMeasuredInReportAndInspect() throws IOException {
    long difference = layerBytes("base/alpine:3.10") - layerBytes("base/twin:1");
    int packages = packages("oci_npm-lock-alpine3.19.tar.txt");
    int fewer = packages - packages("docker-save_alpine-3.10-4gzlayers-whiteout.tar.txt");
    // Alpine 3.10 got fixes until May 2021.
    Clock then = Clock.fixed(Instant.parse("2021-04-30T10:00:00Z"), ZoneOffset.UTC);
    WrittenReport report = scan(then, "then", host);
    CommandLineRun run =
        CommandLineRun.of(
            then,
            Map.of(),
            "inspect",
            host + "/team/app:new",
            "--format",
            "json",
            "-q",
            "--state",
            file("then"));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(INSPECT.validate(run.out(), InputFormat.JSON)).isEmpty();
    JsonNode inspected = JSON.readTree(run.out()).path("inspection").path("bases").get(0);
    for (JsonNode base : List.of(inspected, reported(report, digest("base/alpine:3.10")))) {
      assertThat(base.path("digest").stringValue()).isEqualTo(digest("base/alpine:3.10"));
      assertThat(base.path("images").intValue()).isEqualTo(1);
      assertThat(base.path("sizeBytes").longValue()).isEqualTo(layerBytes("base/alpine:3.10"));
      assertThat(base.path("packages").intValue()).isEqualTo(packages);
      JsonNode smaller = base.path("smaller").get(0);
      assertThat(smaller.path("reference").stringValue()).isEqualTo(host + "/base/twin:1");
      assertThat(smaller.path("sameOs").booleanValue()).isTrue();
      assertThat(smaller.path("bytesLess").longValue()).isEqualTo(difference);
      assertThat(smaller.path("packagesLess").intValue()).isEqualTo(fewer);
      // By tar -t, bin/ed is a link to busybox in Alpine 3.10 and no longer in 3.19.
      assertThat(texts(smaller.path("toolsNew"))).containsExactly("ed");
    }
  }

  @Test
  void whatIsPastItsEndOfLifeIsNoSmallerRelative() {
    assertThat(reported(afterMove, digest("base/alpine:3.10")).path("smaller")).isEmpty();
  }

  @Test
  void prunedRunsAreGoneAndNoLayerIsFetchedAgain() throws IOException {
    scan("pruned", host + "/team/app:1");
    scan("pruned", host + "/team/app:1");
    CommandLineRun.of("inspect", host + "/base/twin:1", "-q", "--state", file("pruned"));
    assertThat(prune("--dry-run")).startsWith("Would delete 1 run\n");
    assertThat(prune()).startsWith("Deleted 1 run\n");
    assertThat(prune()).startsWith("Deleted 0 runs");
    CommandLineRun runs = CommandLineRun.of("runs", "--format", "json", "--state", file("pruned"));
    assertThat(JSON.readTree(runs.out())).hasSize(1);
    WrittenReport again = scan("pruned", host + "/team/app:1");
    assertThat(again.summary().path("layersFetched").intValue()).isZero();
    assertThat(again.facts("team/app:1").path("base").path("parent").path("digest").stringValue())
        .isEqualTo(baseDigest);
  }

  private String prune(String... more) {
    CommandLineRun run =
        CommandLineRun.of(
            Stream.concat(
                    Stream.of("runs", "prune", "--keep", "1", "--state", file("pruned")),
                    Stream.of(more))
                .toArray(String[]::new));
    assertThat(run.status()).as(run.err()).isZero();
    return run.out();
  }

  private static JsonNode reported(WrittenReport report, String digest) {
    return report
        .root()
        .path("bases")
        .valueStream()
        .filter(base -> base.path("digest").stringValue().equals(digest))
        .findFirst()
        .orElseThrow();
  }

  private long layerBytes(String name) {
    return JSON.readTree(Skopeo.rawManifest(host + "/" + name))
        .path("layers")
        .valueStream()
        .mapToLong(layer -> layer.path("size").longValue())
        .sum();
  }

  private static int packages(String list) throws IOException {
    return (int)
        Files.readAllLines(TestImages.path("packages/" + list)).stream()
            .filter(line -> !line.startsWith("#"))
            .count();
  }
}
