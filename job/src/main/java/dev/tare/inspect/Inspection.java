package dev.tare.inspect;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.facts.Fact;
import dev.tare.facts.Vulnerabilities;
import dev.tare.inspect.base.BaseClassifier;
import dev.tare.inspect.base.BaseEvidence;
import dev.tare.inspect.config.AccountReader;
import dev.tare.inspect.config.ConfigFacts;
import dev.tare.inspect.config.PermissionCollector;
import dev.tare.inspect.leftover.LeftoverCollector;
import dev.tare.inspect.leftover.StateCollector;
import dev.tare.inspect.packages.Ownership;
import dev.tare.inspect.packages.PackageFinder;
import dev.tare.inspect.packages.ProgramLists;
import dev.tare.inspect.packages.UnreadPackages;
import dev.tare.inspect.packages.UnreadStores;
import dev.tare.inspect.packages.reader.PackageReader;
import dev.tare.inspect.program.ProgramContents;
import dev.tare.inspect.program.Programs;
import dev.tare.inspect.secret.SecretFiles;
import dev.tare.inspect.system.EndOfLife;
import dev.tare.inspect.system.OsRelease;
import dev.tare.inspect.tool.StartCommands;
import dev.tare.inspect.tool.StartLookup;
import dev.tare.inspect.tool.ToolFinder;
import dev.tare.inspect.tree.BaseLayers;
import dev.tare.inspect.tree.EachVisitor;
import dev.tare.inspect.tree.Gaps;
import dev.tare.inspect.tree.KeptFiles;
import dev.tare.inspect.tree.LargestFiles;
import dev.tare.inspect.tree.LinkTable;
import dev.tare.inspect.tree.LinkedNames;
import dev.tare.inspect.tree.MergedFilesystem;
import dev.tare.inspect.tree.SizeCollector;
import dev.tare.inspect.tree.TreeNode;
import dev.tare.layer.AbsentLayer;
import dev.tare.layer.LayerFacts;
import dev.tare.lineage.BaseMark;
import dev.tare.lineage.Families;
import dev.tare.lineage.Family;
import dev.tare.lineage.Lineage;
import dev.tare.oci.ChainId;
import dev.tare.oci.Digest;
import dev.tare.oci.MediaTypes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One inspection of one image: one walk of its merged layers, then what follows from it. */
final class Inspection {
  private final ToolCatalog catalog;
  private final LeftoverCatalog leftoverCatalog;
  private final EndOfLife endOfLife;
  private final List<PackageReader> packageReaders;
  private final KeptContent content;
  private final InspectionLimits limits;
  private final ImageSubject subject;
  private final List<LayerFacts> layers;
  private final Lineage proven;
  private final InspectionContext context;
  private final Gaps gaps = new Gaps();
  private final BaseLayers base;

  Inspection(
      ToolCatalog catalog,
      LeftoverCatalog leftoverCatalog,
      EndOfLife endOfLife,
      List<PackageReader> packageReaders,
      KeptContent content,
      InspectionLimits limits,
      ImageSubject subject,
      List<LayerFacts> layers,
      Lineage lineage,
      InspectionContext context) {
    this.catalog = catalog;
    this.leftoverCatalog = leftoverCatalog;
    this.endOfLife = endOfLife;
    this.packageReaders = packageReaders;
    this.content = content;
    this.limits = limits;
    this.subject = subject;
    this.layers = List.copyOf(layers);
    this.proven = lineage;
    this.context = context;
    this.base = BaseLayers.of(lineage);
    requireLayersOfManifest();
  }

  private void requireLayersOfManifest() {
    List<Digest> expected =
        subject.manifest().layers().stream().map(layer -> layer.digest()).toList();
    List<Digest> actual = layers.stream().map(LayerFacts::digest).toList();
    if (!expected.equals(actual)) {
      throw new TareException(
          FailureKind.BAD_CONTENT,
          "inspect "
              + subject.reference()
              + ": the facts are of layers "
              + actual
              + ", expected "
              + expected);
    }
  }

  ImageInspector.Measured measure() {
    MergedFilesystem filesystem =
        new MergedFilesystem(layers.stream().map(LayerFacts::index).toList());
    LinkTable links = new LinkTable(limits.links());
    SizeCollector sizes = new SizeCollector(filesystem, layers.size());
    LargestFiles largest = new LargestFiles(base);
    Programs programs = new Programs(limits.executables(), links);
    LinkedNames names = content.names(filesystem);
    KeptFiles kept = new KeptFiles(layers, content, names);
    BaseEvidence evidence = new BaseEvidence();
    UnreadStores stores = new UnreadStores();
    UnreadPackages unread = new UnreadPackages(packageReaders);
    ProgramLists programLists = new ProgramLists(packageReaders);
    PermissionCollector permissions = new PermissionCollector(base, gaps, limits.rows());
    LeftoverCollector leftovers = new LeftoverCollector(leftoverCatalog, base);
    StateCollector state =
        new StateCollector(subject.config().volumes(), filesystem, gaps, limits.rows());
    filesystem.walk(
        new EachVisitor(
            sizes,
            largest,
            programs,
            kept,
            names.under(new EachVisitor(evidence, unread, programLists, stores)),
            permissions,
            leftovers,
            state,
            new DanglingLinks(content, gaps)));
    sizes.finish();
    kept.finish();
    programs.canonicalise();
    noteLimits(links, programs);
    noteLayerGaps();
    noteUnfollowed(names, kept);

    ProgramContents contents = new ProgramContents(kept);
    Ownership ownership = new Ownership(links);
    OsRelease os = OsRelease.find(links, kept, gaps);
    OsRelease root = OsRelease.ofRoot(kept);
    Family family = family(root == null ? os : root);
    Lineage lineage = proven.with(family);
    noteUnmeasured(lineage);
    ImageFacts.Packages packages =
        new PackageFinder(
                packageReaders,
                kept,
                stores,
                unread,
                programLists,
                base,
                ownership,
                gaps,
                limits.packages())
            .find(os);
    BaseClassifier.Kind kind =
        new BaseClassifier(links, programs, kept, evidence, stores, contents)
            .classify(os, packages, !gaps.has(Fact.BASE_OS) && !gaps.has(Fact.PACKAGES));
    if (kind.why() != null) {
      gaps.add(Fact.BASE_CLASS, null, null, kind.why());
    }
    StartCommands commands = new StartCommands(subject.config(), links, programs, kept, gaps);
    ToolFinder tools =
        new ToolFinder(catalog, programs, links, contents, ownership, commands, base);
    ConfigFacts config = new ConfigFacts(subject, layers.size());
    ImageFacts facts =
        new ImageFacts(
            ImageFacts.SCHEMA_VERSION,
            context.evaluatedAt(),
            context.profile(),
            config.image(context.evaluatedAt()),
            size(sizes, largest),
            layerRows(config, sizes),
            layers.size(),
            subject.config().history().size(),
            base(os, kind.name(), lineage, family),
            tools.visible(),
            tools.hidden(),
            new StartLookup(filesystem, links, programs, contents, gaps)
                .find(subject.config(), subject.platform()),
            packages,
            leftovers.rows(),
            permissions.privileged(),
            permissions.worldWritable(),
            new AccountReader(links, programs, kept, gaps, limits.accounts())
                .read(subject.config().user()),
            tools.services(),
            state.rows(),
            secrets(config, kept),
            Vulnerabilities.UNKNOWN,
            ImageFacts.Provenance.of(context.provenance()),
            gaps.all());
    return new ImageInspector.Measured(facts, unread(kept));
  }

  /** What is wanted, was not kept, and can be asked for. */
  static List<LinkedFile> unread(KeptFiles kept) {
    return kept.missing().stream()
        .filter(file -> file.whyNot() == null)
        .map(file ->
            new LinkedFile(
                file.node().contentLayer(),
                file.node().content().path(),
                file.node().path(),
                file.form()))
        .toList();
  }

  private void noteLimits(LinkTable links, Programs programs) {
    if (links.overflowed()) {
      gaps.add(
          Fact.TOOLS, null, null, "more links than the limit of " + limits.links() + " (links)");
    }
    if (programs.overflowed()) {
      gaps.add(
          Fact.TOOLS,
          null,
          null,
          "more executables than the limit of " + limits.executables() + " (executables)");
    }
  }

  private void noteLayerGaps() {
    for (int i = 0; i < layers.size(); i++) {
      if (AbsentLayer.isOne(layers.get(i))) {
        // It may hold anything: a gap of "layers" makes all facts incomplete that come from them.
        gaps.add(Fact.LAYERS, null, i, layers.get(i).gaps().getFirst().reason());
        continue;
      }
      noteCompression(i);
      for (LayerFacts.LayerGap gap : layers.get(i).gaps()) {
        gaps.add(
            content.factOf(gap), gap.path().isEmpty() ? null : "/" + gap.path(), i, gap.reason());
      }
    }
  }

  /** Files that a container opens through links, and whose content is not there. */
  private void noteUnfollowed(LinkedNames names, KeptFiles kept) {
    for (String path : names.unfollowed()) {
      gaps.add(content.factOf(path), "/" + path, null, "the links at this path turn in a circle");
    }
    if (names.overflowed()) {
      gaps.add(Fact.LAYERS, null, null, "links give a file more names than are followed");
    }
    if (kept.overflowed()) {
      // What is not listed may be of any fact.
      gaps.add(Fact.LAYERS, null, null, "links lead to more files without content than are listed");
    }
    for (KeptFiles.Missing file : kept.missing()) {
      TreeNode node = file.node();
      gaps.add(
          content.factOf(node.path()),
          "/" + node.path(),
          node.contentLayer(),
          "a link leads to \"/"
              + node.content().path()
              + "\": "
              + (file.whyNot() == null ? "its content was not kept" : file.whyNot()));
    }
  }

  private void noteCompression(int layer) {
    String mediaType = subject.manifest().layers().get(layer).mediaType();
    String stated = MediaTypes.compression(mediaType);
    String actual = layers.get(layer).compression();
    if (stated != null && !stated.equals(actual)) {
      gaps.add(
          Fact.LAYERS_MEDIA_TYPE,
          null,
          layer,
          "compression by content: " + actual + ", media type " + mediaType + " says " + stated);
    }
  }

  private void noteUnmeasured(Lineage lineage) {
    gaps.add(Fact.VULNERABILITIES, null, null, Vulnerabilities.NO_FEED);
    context
        .provenance()
        .problems()
        .forEach(reason -> gaps.add(Fact.PROVENANCE, null, null, reason));
    if (context.exclusiveBytes() == null) {
      gaps.add(Fact.SIZE_EXCLUSIVE, null, null, "the other images of the run are not known");
    }
    String whyNotKnown = lineage.outdated().unknownBecause();
    if (whyNotKnown != null) {
      gaps.add(Fact.BASE_OUTDATED, null, null, whyNotKnown);
    }
  }

  private ImageFacts.Size size(SizeCollector sizes, LargestFiles largest) {
    long compressed = layers.stream().mapToLong(LayerFacts::compressedBytes).sum();
    Integer baseLayers = base.number();
    Long added =
        baseLayers == null
            ? null
            : Long.valueOf(
                layers.stream().skip(baseLayers).mapToLong(LayerFacts::compressedBytes).sum());
    return new ImageFacts.Size(
        compressed,
        layers.stream().mapToLong(LayerFacts::uncompressedBytes).sum(),
        added,
        sizes.files(),
        sizes.wasted(),
        sizes.efficiency(),
        context.exclusiveBytes(),
        largest.rows(),
        context.previous());
  }

  private List<ImageFacts.Layer> layerRows(ConfigFacts config, SizeCollector sizes) {
    List<Digest> diffIds = diffIds();
    List<Digest> chainIds = ChainId.ofEachPrefix(diffIds);
    List<ImageFacts.Layer> rows = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      LayerFacts layer = layers.get(i);
      rows.add(
          new ImageFacts.Layer(
              i,
              layer.digest(),
              diffIds.get(i),
              chainIds.get(i),
              subject.manifest().layers().get(i).mediaType(),
              layer.compressedBytes(),
              layer.uncompressedBytes(),
              sizes.filesOf(i),
              config.createdBy(i),
              base.contains(i),
              sizes.wastedOf(i),
              sizes.hiddenOf(i)));
    }
    return rows;
  }

  /** As computed, or as the config states where a layer was read in parts: that one has a gap. */
  private List<Digest> diffIds() {
    List<Digest> diffIds = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Digest computed = layers.get(i).diffId();
      diffIds.add(computed != null ? computed : subject.config().diffIds().get(i));
    }
    return diffIds;
  }

  /**
   * What the history says of official images, above the layers of known ancestors; null where an
   * ancestor is known by what it is said to be.
   *
   * @param os of the image that all others are built on
   */
  private @Nullable Family family(@Nullable OsRelease os) {
    if (!proven.chain().isEmpty() && proven.baseLayers() == 0) {
      return null;
    }
    Family family =
        Families.shipped()
            .recognise(
                subject.config().history(),
                subject.config().env(),
                layers.size(),
                os == null ? null : os.id(),
                os == null ? null : os.versionId());
    return family == null || proven.chain().isEmpty() || brought(family) > proven.baseLayers()
        ? family
        : null;
  }

  /** How many layers the named image has; 0 where none is named. */
  private long brought(Family family) {
    return subject.config().history().stream()
        .limit(family.steps())
        .filter(step -> !step.emptyLayer())
        .count();
  }

  private ImageFacts.Base base(
      @Nullable OsRelease os, String baseClass, Lineage lineage, @Nullable Family family) {
    Lineage.Annotated annotated = lineage.annotated();
    Lineage.Outdated outdated = lineage.outdated();
    return new ImageFacts.Base(
        os == null ? null : operatingSystem(os),
        baseClass,
        lineage.root(),
        lineage.parent(),
        lineage.chain(),
        family,
        context.knownAsBase().stream().map(BaseMark::word).sorted().toList(),
        annotated == null
            ? null
            : new ImageFacts.Annotated(
                annotated.name(),
                annotated.digest() == null ? null : annotated.digest().toString()),
        new ImageFacts.Outdated(outdated.known(), outdated.currentDigest(), outdated.lagDays()),
        lineage.boundaries());
  }

  private ImageFacts.OperatingSystem operatingSystem(OsRelease os) {
    LocalDate eol = endOfLife.of(os);
    if (eol == null && !endOfLife.isRolling(os)) {
      gaps.add(
          Fact.BASE_OS_EOL,
          "/" + os.source(),
          null,
          "no end of support is known for " + os.id() + " " + os.versionId());
    }
    return new ImageFacts.OperatingSystem(
        os.id(), os.versionId(), os.prettyName(), eol, os.source());
  }

  private static List<ImageFacts.Secret> secrets(ConfigFacts config, KeptFiles kept) {
    List<ImageFacts.Secret> secrets = new ArrayList<>();
    for (Map.Entry<String, List<KeptFiles.Version>> file : kept.all().entrySet()) {
      for (KeptFiles.Version version : file.getValue()) {
        String kind = SecretFiles.kindOf(version.content());
        if (kind != null) {
          secrets.add(
              new ImageFacts.Secret(
                  kind, "/" + file.getKey(), version.layer(), !version.visible()));
        }
      }
    }
    secrets.addAll(config.secrets());
    return secrets;
  }
}
