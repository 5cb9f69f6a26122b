package dev.tare.report.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import dev.tare.facts.Base;
import dev.tare.facts.Packages;
import dev.tare.facts.StoredFacts;
import dev.tare.finding.JudgedImage;
import dev.tare.finding.RunInfo;
import dev.tare.plan.Plan;
import dev.tare.report.ReportInput;
import dev.tare.report.format.OpenReport;
import dev.tare.report.format.ReportFiles;
import dev.tare.report.format.ReportWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.cyclonedx.Version;
import org.cyclonedx.exception.GeneratorException;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Evidence;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.Property;
import org.cyclonedx.model.component.evidence.Identity;
import org.cyclonedx.model.component.evidence.Method;
import org.cyclonedx.model.metadata.ToolInformation;
import org.jspecify.annotations.Nullable;

/**
 * {@code sbom/*.cdx.json}: the packages of each image as a CycloneDX 1.6 inventory, with the
 * vulnerabilities that they are known to have. Facts that could not be measured are properties of
 * the image, so that an inventory with a gap does not read as complete.
 *
 * @see <a href="https://cyclonedx.org/docs/1.6/json/">CycloneDX 1.6</a>
 */
public final class SbomReportWriter implements ReportWriter {
  private static final Version VERSION = Version.VERSION_16;

  @Override
  public String format() {
    return "sbom";
  }

  @Override
  public String fileName() {
    return "sbom";
  }

  @Override
  public boolean isDirectory() {
    return true;
  }

  @Override
  public Pattern ownFiles() {
    return Pattern.compile("sbom/[^/]+\\.cdx\\.json");
  }

  @Override
  public OpenReport open(ReportInput input, ReportFiles files) {
    RunInfo run = input.results().run();
    Map<String, Integer> uses = new HashMap<>();
    InventoryGenerator generator = new InventoryGenerator(new Bom(), VERSION);
    return new OpenReport() {
      @Override
      public void image(JudgedImage image) throws IOException {
        // team/app and team_app read alike, and may hold the same digest.
        int number = uses.merge(fileName(image), 1, Integer::sum);
        fill(generator.bom(), run, image);
        try (Writer out = files.createText(fileName(image, number))) {
          out.write(generator.toJsonString());
          out.write('\n');
        } catch (GeneratorException e) {
          throw new IOException("write SBOM of " + image.reference() + ": " + e.getMessage(), e);
        }
      }

      @Override
      public void finish(Plan plan) {}

      @Override
      public void close() {}
    };
  }

  /** Readable, then the digest: {@code sbom/localhost_5000_team_app_1.2-0123456789ab.cdx.json}. */
  public static String fileName(JudgedImage image) {
    return fileName(image, 1);
  }

  /**
   * The same of the second image for which that would be the same, and so on: {@code …-2.cdx.json}.
   */
  private static String fileName(JudgedImage image, int number) {
    String readable = image.reference().replaceAll("@.*", "").replaceAll("[^A-Za-z0-9.-]+", "_");
    String digest = image.digest().substring(image.digest().indexOf(':') + 1);
    return "sbom/"
        + readable.substring(0, Math.min(150, readable.length()))
        + "-"
        + digest.substring(0, 12)
        + (number == 1 ? "" : "-" + number)
        + ".cdx.json";
  }

  /** Says of the image what there is to say, in place of what the document said before. */
  static void fill(Bom bom, RunInfo run, JudgedImage image) {
    StoredFacts facts = StoredFacts.of(image.facts());
    // The same image in the same run has the same serial number.
    bom.setSerialNumber(
        "urn:uuid:"
            + UUID.nameUUIDFromBytes(
                (run.id() + "\n" + image.reference() + "\n" + image.digest())
                    .getBytes(StandardCharsets.UTF_8)));
    bom.setVersion(1);
    Metadata metadata = new Metadata();
    metadata.setTimestamp(Date.from(run.startedAt()));
    metadata.setToolChoice(tool(run));
    metadata.setComponent(container(image, facts));
    bom.setMetadata(metadata);
    List<Component> components = new ArrayList<>();
    Base.OperatingSystem os = facts.base().os();
    if (os != null && os.id() != null) {
      Component system = component(Component.Type.OPERATING_SYSTEM, os.id(), os.versionId());
      system.setBomRef("os");
      components.add(system);
    }
    int number = 0;
    for (Packages.Item item : facts.packageItems()) {
      components.add(library(item, number++));
    }
    bom.setComponents(components);
    bom.setVulnerabilities(SbomVulnerabilities.of(facts));
  }

  private static ToolInformation tool(RunInfo run) {
    ToolInformation tools = new ToolInformation();
    tools.setComponents(List.of(component(Component.Type.APPLICATION, "tare", run.toolVersion())));
    return tools;
  }

  private static Component container(JudgedImage image, StoredFacts facts) {
    Component container =
        component(
            Component.Type.CONTAINER, image.registry() + "/" + image.repository(), image.digest());
    container.setBomRef("image");
    container.setPurl(purl(image));
    String digest = image.digest();
    if (digest.startsWith("sha256:")) {
      container.setHashes(List.of(new Hash(Hash.Algorithm.SHA_256, digest.substring(7))));
    }
    List<Property> properties = new ArrayList<>();
    properties.add(new Property("tare:platform", image.platform()));
    image.tags().forEach(tag -> properties.add(new Property("tare:tag", tag)));
    for (String gap : facts.gapNames()) {
      properties.add(new Property("tare:notMeasured", gap));
    }
    properties.addAll(SbomVulnerabilities.matchedWith(facts));
    container.setProperties(properties);
    return container;
  }

  private static @Nullable String purl(JudgedImage image) {
    String name = image.repository().substring(image.repository().lastIndexOf('/') + 1);
    try {
      return new PackageURL(
              "oci",
              null,
              name,
              image.digest(),
              new TreeMap<>(Map.of("repository_url", image.registry() + "/" + image.repository())),
              null)
          .canonicalize();
    } catch (MalformedPackageURLException e) {
      // A name that cannot be a package URL has none; the component says which image it is.
      return null;
    }
  }

  /** What names the component of a package, by its place in the facts. */
  static String reference(int number) {
    return "package-" + number;
  }

  private static Component library(Packages.Item item, int number) {
    Component library =
        component(
            Component.Type.LIBRARY, Objects.requireNonNullElse(item.name(), ""), item.version());
    library.setBomRef(reference(number));
    List<Property> properties = new ArrayList<>();
    if (item.purl() == null) {
      // A package URL says it otherwise.
      properties.add(new Property("tare:type", Objects.requireNonNullElse(item.type(), "")));
    } else {
      library.setPurl(item.purl());
    }
    if (item.layer() != null) {
      properties.add(new Property("tare:layer", item.layer().toString()));
    }
    Boolean inBase = item.inBase();
    properties.add(new Property("tare:inBase", inBase == null ? "unknown" : inBase.toString()));
    library.setProperties(properties);
    Double confidence = item.confidence();
    if (confidence != null && confidence < 1) {
      library.setEvidence(evidence(item.evidence(), confidence));
    }
    return library;
  }

  /** Of a package that nothing states for certain. */
  private static Evidence evidence(List<String> words, double confidence) {
    Identity identity = new Identity();
    identity.setField(Identity.Field.NAME);
    identity.setConfidence(confidence);
    identity.setMethods(words.stream().map(word -> method(word, confidence)).toList());
    Evidence evidence = new Evidence();
    evidence.setIdentities(List.of(identity));
    return evidence;
  }

  private static Method method(String word, double confidence) {
    Method method = new Method();
    method.setTechnique(
        switch (word) {
          case "file-name" -> Method.Technique.FILENAME;
          case "sbom" -> Method.Technique.ATTESTATION;
          default -> Method.Technique.MANIFEST_ANALYSIS;
        });
    method.setConfidence(confidence);
    return method;
  }

  private static Component component(Component.Type type, String name, @Nullable String version) {
    Component component = new Component();
    component.setType(type);
    component.setName(name);
    component.setVersion(version);
    return component;
  }
}
