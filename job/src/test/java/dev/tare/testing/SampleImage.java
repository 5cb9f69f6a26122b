package dev.tare.testing;

import dev.tare.testing.SampleLayer.Leftover;
import dev.tare.testing.SampleLayer.Pkg;
import dev.tare.testing.SampleLayer.Tool;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Builds the facts document of one image from its layers, as design/facts.md lays it out. */
final class SampleImage {
  static final Instant NOW = Instant.parse("2026-11-21T02:00:00Z");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  final String name;
  final List<SampleLayer> layers = new ArrayList<>();
  final List<Ancestor> lineage = new ArrayList<>();
  final Map<String, String> labels = new LinkedHashMap<>();
  String registry = "localhost:5001";
  String repository = "";
  List<String> tags = List.of();
  String architecture = "amd64";
  String osId = "debian";
  String osVersion = "12";
  String osName = "Debian GNU/Linux 12 (bookworm)";
  @Nullable String osEol = "2028-06-30";
  String baseClass = "slim";
  String profile = "prod";
  String user = "app";
  int ageDays = 12;
  int baseLayers;
  Consumer<ObjectNode> adjustment = facts -> {};

  SampleImage(String name) {
    this.name = name;
  }

  /** The next image built {@code FROM} this one. */
  SampleImage child(String childName) {
    SampleImage child = new SampleImage(childName);
    child.layers.addAll(layers);
    child.lineage.addAll(lineage);
    child.lineage.add(new Ancestor(name, digest(), layers.size()));
    child.baseLayers = layers.size();
    child.osId = osId;
    child.osVersion = osVersion;
    child.osName = osName;
    child.osEol = osEol;
    child.baseClass = baseClass;
    return child;
  }

  SampleImage add(SampleLayer layer) {
    layers.add(layer);
    return this;
  }

  SampleImage os(String id, String version, String pretty, @Nullable String eol, String cls) {
    this.osId = id;
    this.osVersion = version;
    this.osName = pretty;
    this.osEol = eol;
    this.baseClass = cls;
    return this;
  }

  SampleImage in(String repositoryName, String... tagNames) {
    this.repository = repositoryName;
    this.tags = List.of(tagNames);
    return this;
  }

  SampleImage user(String userName) {
    this.user = userName;
    return this;
  }

  SampleImage age(int days) {
    this.ageDays = days;
    return this;
  }

  SampleImage profile(String profileName) {
    this.profile = profileName;
    return this;
  }

  SampleImage arch(String arch) {
    this.architecture = arch;
    return this;
  }

  SampleImage label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  SampleImage adjust(Consumer<ObjectNode> change) {
    this.adjustment = this.adjustment.andThen(change);
    return this;
  }

  String digest() {
    return SampleLayer.digest(
        "manifest "
            + repository
            + name
            + architecture
            + layers.stream().map(l -> l.digest).toList());
  }

  String reference() {
    String start = registry + "/" + repository;
    return tags.isEmpty() ? start + "@" + digest() : start + ":" + tags.getFirst();
  }

  ObjectNode facts() {
    ObjectNode facts = NODES.objectNode();
    facts.put("schemaVersion", "2").put("evaluatedAt", NOW.toString()).put("profile", profile);
    image(facts.putObject("image"));
    long wasted = layers.stream().mapToLong(l -> l.wasted).sum();
    long uncompressed = layers.stream().mapToLong(l -> l.uncompressed).sum();
    long compressed = layers.stream().mapToLong(l -> l.compressed).sum();
    facts
        .putObject("size")
        .put("compressed", compressed)
        .put("uncompressed", uncompressed)
        .put(
            "addedOverBase",
            lineage.isEmpty() ? null : Long.valueOf(own().mapToLong(l -> l.compressed).sum()))
        .put("files", layers.stream().mapToInt(l -> l.files).sum())
        .put("wasted", wasted)
        .put(
            "efficiency", uncompressed == 0 ? 1 : 1 - Math.round(1e4 * wasted / uncompressed) / 1e4)
        .put("exclusive", own().mapToLong(l -> l.compressed).sum());
    layers(facts.putArray("layers"));
    facts.put("layerCount", layers.size());
    facts.put("historyCount", layers.size() + 3);
    base(facts.putObject("base"));
    tools(facts.putArray("tools"), false);
    tools(facts.putArray("hiddenTools"), true);
    start(facts.putArray("start"));
    packages(facts.putObject("packages"));
    leftovers(facts.putArray("leftovers"));
    ArrayNode privileged = facts.putArray("privileged");
    each((index, layer) ->
        layer.setuid.forEach(path ->
            privileged
                .addObject()
                .put("path", path)
                .put("mode", "4755")
                .put("layer", index)
                .put("inBase", inBase(index))
                .putArray("capabilities")));
    facts.putArray("worldWritable");
    ObjectNode accounts = facts.putObject("accounts");
    accounts
        .putArray("users")
        .addObject()
        .put("name", "root")
        .put("uid", 0)
        .put("gid", 0)
        .put("shell", "/bin/sh")
        .put("login", true)
        .put("passwordEmpty", false);
    accounts.put("userResolves", true);
    facts.putArray("services");
    facts.putArray("state");
    facts.putArray("secrets");
    ObjectNode provenance = facts.putObject("provenance");
    provenance.put("signed", false).put("sbom", false);
    provenance.putArray("attestations");
    provenance.putArray("slsaMaterials");
    ArrayNode gaps = facts.putArray("gaps");
    gap(gaps, "provenance", "signatures and attestations were not looked up");
    SampleVulnerabilities.match(facts, osId);
    adjustment.accept(facts);
    return facts;
  }

  private @Nullable Boolean inBase(int index) {
    return lineage.isEmpty() ? null : Boolean.valueOf(index < baseLayers);
  }

  private Stream<SampleLayer> own() {
    return layers.stream().skip(baseLayers);
  }

  private static void gap(ArrayNode gaps, String fact, String reason) {
    gaps.addObject().put("fact", fact).putNull("path").putNull("layer").put("reason", reason);
  }

  private String program() {
    return "/usr/bin/" + name.replaceAll("[^a-z0-9].*", "");
  }

  private void start(ArrayNode start) {
    start
        .addObject()
        .put("command", program())
        .putNull("by")
        .put("path", program())
        .put("exists", true)
        .put("executable", true)
        .putArray("elsewhere");
  }

  private void image(ObjectNode image) {
    image.put("registry", registry).put("repository", repository);
    ArrayNode tagNodes = image.putArray("tags");
    tags.forEach(tagNodes::add);
    image.put("digest", digest()).putNull("indexDigest");
    image.put("mediaType", "application/vnd.oci.image.manifest.v1+json");
    image
        .putObject("platform")
        .put("os", "linux")
        .put("architecture", architecture)
        .putNull("variant");
    image.put("created", NOW.minus(ageDays, ChronoUnit.DAYS).toString()).put("ageDays", ageDays);
    ObjectNode labelNodes = image.putObject("labels");
    labels.forEach(labelNodes::put);
    image.putObject("annotations");
    ObjectNode config = image.putObject("config");
    config.put("user", user.isEmpty() ? null : user);
    config.putArray("exposedPorts").add("8080/tcp");
    config.putArray("volumes");
    config
        .putArray("env")
        .addObject()
        .put("name", "PATH")
        .put("value", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    config.putArray("entrypoint").add(program());
    config.putArray("cmd").add("--serve");
    config.put("workingDir", "/srv").putNull("stopSignal").putNull("healthcheck").putNull("shell");
    ArrayNode history = image.putArray("history");
    each((index, layer) ->
        history
            .addObject()
            .put("created", NOW.minus(ageDays, ChronoUnit.DAYS).toString())
            .put("createdBy", layer.createdBy)
            .put("emptyLayer", false)
            .put("layer", index));
  }

  private void layers(ArrayNode nodes) {
    each((index, layer) ->
        nodes
            .addObject()
            .put("index", index)
            .put("digest", layer.digest)
            .put("diffId", layer.diffId)
            .put("chainId", SampleLayer.digest("chain " + index + layer.diffId))
            .put("mediaType", "application/vnd.oci.image.layer.v1.tar+gzip")
            .put("compressed", layer.compressed)
            .put("uncompressed", layer.uncompressed)
            .put("files", layer.files)
            .put("createdBy", layer.createdBy)
            .put("inBase", inBase(index))
            .put("wasted", layer.wasted)
            .put("hiddenBytes", layer.hidden));
  }

  private void base(ObjectNode base) {
    if (osId.isEmpty()) {
      base.putNull("os");
    } else {
      base.putObject("os")
          .put("id", osId)
          .put("versionId", osVersion)
          .put("prettyName", osName)
          .put("eol", osEol)
          .put("source", "etc/os-release");
    }
    base.put("class", baseClass);
    if (lineage.isEmpty()) {
      base.putNull("root").putNull("parent");
    } else {
      ancestor(base.putObject("root"), lineage.getFirst());
      ancestor(base.putObject("parent"), lineage.getLast());
    }
    ArrayNode chain = base.putArray("lineage");
    lineage.forEach(one -> ancestor(chain.addObject(), one));
    base.putNull("annotated");
    base.putObject("outdated").put("known", false).putNull("currentDigest").putNull("lagDays");
    base.putArray("boundaries").add(0);
  }

  private static void ancestor(ObjectNode node, Ancestor ancestor) {
    node.put("reference", ancestor.reference())
        .put("digest", ancestor.digest())
        .put("layers", ancestor.layers());
    node.putArray("evidence").add("layers");
    node.put("confidence", 1.0).put("tie", false);
  }

  private void tools(ArrayNode nodes, boolean hidden) {
    each((index, layer) -> {
      for (Tool tool : hidden ? layer.hiddenTools : layer.tools) {
        nodes
            .addObject()
            .put("name", tool.name())
            .put("category", tool.category())
            .put("path", tool.path())
            .put("target", tool.target() == null ? tool.path() : tool.target())
            .put("kind", tool.kind())
            .put("via", tool.via())
            .put("layer", index)
            .put("inBase", inBase(index))
            .put("size", tool.size())
            .put("package", tool.pkg())
            .put("owned", tool.pkg() != null)
            .putNull("version")
            .put("mode", "0755")
            .put("onPath", true)
            .put("usedByEntrypoint", false);
      }
    });
  }

  private void packages(ObjectNode packages) {
    ArrayNode managers = packages.putArray("managers");
    layers.stream()
        .flatMap(l -> l.packages.stream())
        .map(Pkg::type)
        .distinct()
        .map(type -> type.equals("deb") ? "dpkg" : type)
        .forEach(managers::add);
    packages.put("count", layers.stream().mapToInt(l -> l.packages.size()).sum());
    packages.put(
        "addedOverBase",
        lineage.isEmpty() ? null : Integer.valueOf(own().mapToInt(l -> l.packages.size()).sum()));
    ArrayNode items = packages.putArray("items");
    each((index, layer) -> {
      for (Pkg pkg : layer.packages) {
        items
            .addObject()
            .put("type", pkg.type())
            .put("name", pkg.name())
            .put("version", pkg.version())
            .put("architecture", architecture)
            .put("source", pkg.name())
            .put("layer", index)
            .put("inBase", inBase(index))
            .put("installedSize", 1024L * (pkg.name().length() * 37L))
            .put("purl", "pkg:" + pkg.type() + "/" + pkg.name() + "@" + pkg.version());
      }
    });
  }

  private void leftovers(ArrayNode nodes) {
    each((index, layer) -> {
      for (Leftover leftover : layer.leftovers) {
        nodes
            .addObject()
            .put("kind", leftover.kind())
            .put("path", leftover.path())
            .put("bytes", leftover.bytes())
            .put("files", leftover.files())
            .put("hiddenBytes", 0)
            .put("inBase", inBase(index));
      }
    });
  }

  private void each(java.util.function.BiConsumer<Integer, SampleLayer> consumer) {
    for (int i = 0; i < layers.size(); i++) {
      consumer.accept(i, layers.get(i));
    }
  }

  record Ancestor(String reference, String digest, int layers) {}
}
