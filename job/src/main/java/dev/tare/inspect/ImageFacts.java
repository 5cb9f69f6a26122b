package dev.tare.inspect;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.tare.facts.Fact;
import dev.tare.facts.Vulnerabilities;
import dev.tare.lineage.Ancestor;
import dev.tare.lineage.Family;
import dev.tare.lineage.Material;
import dev.tare.oci.Digest;
import dev.tare.oci.Platform;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of one image, without judgement: the facts document, version 2. The records'
 * components stand in the order of {@code policies/schemas/image.schema.json}, which says what each
 * means. Sizes are bytes; layers stand root first.
 */
public record ImageFacts(
    String schemaVersion,
    Instant evaluatedAt,
    String profile,
    Image image,
    Size size,
    List<Layer> layers,
    int layerCount,
    int historyCount,
    Base base,
    List<Tool> tools,
    List<Tool> hiddenTools,
    List<Start> start,
    Packages packages,
    List<Leftover> leftovers,
    List<Privileged> privileged,
    List<WorldWritable> worldWritable,
    Accounts accounts,
    List<Service> services,
    List<State> state,
    List<Secret> secrets,
    Vulnerabilities vulnerabilities,
    Provenance provenance,
    List<Gap> gaps) {
  /** The version of the document. */
  public static final String SCHEMA_VERSION = "2";

  /** Which image, and what its manifest and config say. */
  public record Image(
      String registry,
      String repository,
      List<String> tags,
      Digest digest,
      @Nullable Digest indexDigest,
      String mediaType,
      Platform platform,
      @Nullable Instant created,
      @Nullable Long ageDays,
      Map<String, String> labels,
      Map<String, String> annotations,
      Config config,
      List<Step> history) {
    /** Whole days from when an image was built, null where it does not say, to a later time. */
    public static @Nullable Long ageDays(@Nullable Instant created, Instant at) {
      return created == null ? null : Math.max(0, Duration.between(created, at).toDays());
    }
  }

  /** How a container of it runs. */
  public record Config(
      @Nullable String user,
      List<String> exposedPorts,
      List<String> volumes,
      List<Variable> env,
      List<String> entrypoint,
      List<String> cmd,
      @Nullable String workingDir,
      @Nullable String stopSignal,
      @Nullable List<String> healthcheck,
      @Nullable List<String> shell) {}

  /** An environment variable; the value is null where it may be a secret. */
  public record Variable(String name, @Nullable String value) {}

  /** One build step; {@code layer} is null for one that made none. */
  public record Step(
      @Nullable Instant created,
      @Nullable String createdBy,
      boolean emptyLayer,
      @Nullable Integer layer) {}

  /** Sizes of the whole image. */
  public record Size(
      long compressed,
      long uncompressed,
      @Nullable Long addedOverBase,
      long files,
      long wasted,
      double efficiency,
      @Nullable Long exclusive,
      List<LargeFile> largestFiles,
      @Nullable Previous previous) {}

  /**
   * The build before this one: what one of the image's tags named until it named this.
   *
   * @param reference by digest, because its tag has moved
   * @param compressed bytes of its layers
   */
  public record Previous(String reference, long compressed) {}

  /** One of the largest files; {@code layer} is the one that holds its bytes. */
  public record LargeFile(String path, long bytes, int layer, @Nullable Boolean inBase) {}

  /** One layer; {@code wasted} are copies, {@code hiddenBytes} what a later layer hid. */
  public record Layer(
      int index,
      Digest digest,
      @Nullable Digest diffId,
      @Nullable Digest chainId,
      String mediaType,
      long compressed,
      @Nullable Long uncompressed,
      @Nullable Long files,
      @Nullable String createdBy,
      @Nullable Boolean inBase,
      long wasted,
      long hiddenBytes) {}

  /** What the image stands on. */
  public record Base(
      @Nullable OperatingSystem os,
      @JsonProperty("class") String baseClass,
      @Nullable Ancestor root,
      @Nullable Ancestor parent,
      List<Ancestor> lineage,
      @Nullable Family family,
      List<String> knownAsBase,
      @Nullable Annotated annotated,
      Outdated outdated,
      List<Integer> boundaries) {}

  /** The distribution, and the last day of its support. */
  public record OperatingSystem(
      String id,
      @Nullable String versionId,
      @Nullable String prettyName,
      @Nullable LocalDate eol,
      String source) {}

  /** What annotations or labels say the base is. */
  public record Annotated(@Nullable String name, @Nullable String digest) {}

  /** Whether the parent's tag has moved on. */
  public record Outdated(
      boolean known, @Nullable Digest currentDigest, @Nullable Integer lagDays) {}

  /** An executable that is on the list of tools. */
  public record Tool(
      String name,
      String category,
      String path,
      @Nullable String target,
      String kind,
      @Nullable String via,
      int layer,
      @Nullable Boolean inBase,
      long size,
      @JsonProperty("package") @Nullable String owner,
      @Nullable Boolean owned,
      @Nullable String version,
      String mode,
      boolean onPath,
      boolean usedByEntrypoint) {}

  /**
   * A program without which a container does not start.
   *
   * @param command as the config has it, a path or a name
   * @param by the command that starts it; null where the runtime does
   * @param path where it is found, the first place of PATH for a name; null where it is nowhere
   * @param exists null where that could not be found out
   * @param executable whether it is a file that somebody may execute; null where it is nowhere
   * @param elsewhere programs of that name in other places, where it does not exist
   */
  public record Start(
      String command,
      @Nullable String by,
      @Nullable String path,
      @Nullable Boolean exists,
      @Nullable Boolean executable,
      List<String> elsewhere) {}

  /** What the package databases say. */
  public record Packages(
      List<String> managers,
      int count,
      @Nullable Integer addedOverBase,
      List<InstalledPackage> items) {}

  /** One installed package, and how sure its name and version are. */
  public record InstalledPackage(
      String type,
      String name,
      String version,
      @Nullable String architecture,
      @Nullable String source,
      @Nullable Integer layer,
      @Nullable Boolean inBase,
      @Nullable Long installedSize,
      @Nullable String purl,
      List<String> evidence,
      double confidence) {}

  /** What a build left behind, by place. */
  public record Leftover(
      String kind,
      String path,
      long bytes,
      long files,
      long hiddenBytes,
      @Nullable Boolean inBase) {}

  /** A file that raises privileges. */
  public record Privileged(
      String path, String mode, List<String> capabilities, int layer, @Nullable Boolean inBase) {}

  /** A file, or a directory without sticky bit, that everybody may write. */
  public record WorldWritable(String path, String mode) {}

  /** Who stands in etc/passwd. */
  public record Accounts(List<User> users, @Nullable Boolean userResolves) {}

  /**
   * One account; {@code login} where its shell exists and lets it log in, {@code passwordEmpty}
   * where no password is asked for, null where that is not known.
   */
  public record User(
      String name,
      long uid,
      long gid,
      @Nullable String shell,
      boolean login,
      @Nullable Boolean passwordEmpty) {}

  /** A long-running daemon or a supervisor. */
  public record Service(String name, String path) {}

  /** Data inside the image. */
  public record State(String kind, String path, long bytes) {}

  /** Where a secret seems to be; never its value. */
  public record Secret(String kind, String path, @Nullable Integer layer, boolean hidden) {}

  /** Signatures and attestations. */
  public record Provenance(
      boolean signed, List<String> attestations, boolean sbom, List<String> slsaMaterials) {
    static Provenance of(dev.tare.lineage.Provenance found) {
      return new Provenance(
          found.signed(),
          found.attestations(),
          found.sbom(),
          found.materials().stream().map(Material::text).distinct().toList());
    }
  }

  /** A fact that could not be measured, wholly or in part. */
  public record Gap(Fact fact, @Nullable String path, @Nullable Integer layer, String reason) {}
}
