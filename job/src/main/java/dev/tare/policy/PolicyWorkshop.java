package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.FileReason;
import dev.tare.error.TareException;
import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What people who write policies do before they judge by them: check, test and build them. */
public final class PolicyWorkshop {
  private PolicyWorkshop() {}

  /**
   * A bundle that can be used.
   *
   * @param revision name, revision and digest
   * @param rules what it says of its rules, sorted by identifier
   */
  public record UsableBundle(PolicyRevision revision, List<RuleDoc> rules) {
    /** Copies the rules. */
    public UsableBundle {
      rules = List.copyOf(rules);
    }
  }

  /**
   * How the tests of sources went.
   *
   * @param passed whether all did
   * @param text what {@code opa test} wrote
   */
  public record TestRun(boolean passed, String text) {}

  /**
   * Makes sure that bundles can be used, beside the built-in library and together. Sources are
   * checked strictly, and against the schema of the facts, so that a field that does not exist is
   * found.
   *
   * @throws TareException of kind USAGE for the first one that cannot be used; for sources the
   *     message names file and line
   */
  public static List<UsableBundle> check(List<String> locations, BundleFetcher fetcher) {
    List<Bundle> bundles = new ArrayList<>();
    for (String location : locations) {
      if (!location.contains("://") && BundleReader.holdsSources(Path.of(location))) {
        checkSources(Path.of(location));
      }
      Bundle bundle = BundleReader.read(location, fetcher);
      checkModule(bundle);
      bundles.add(bundle);
    }
    List<Bundle> together = new ArrayList<>(List.of(PolicyEngines.builtIn()));
    together.addAll(bundles);
    PolicyEngines.checkRules(together);
    return bundles.stream().map(PolicyWorkshop::usable).toList();
  }

  /**
   * Compiles sources to a bundle that needs no {@code opa}. The same sources give the same bytes.
   *
   * @param target a {@code .tar.gz}, replaced where it exists
   * @throws TareException of kind USAGE where the sources cannot be used
   */
  public static UsableBundle build(Path sources, Path target) {
    requireSources(sources);
    checkSources(sources);
    String what = "policy bundle " + sources;
    Map<String, byte[]> files =
        new TreeMap<>(
            new RegoCompiler(what, BundleReader.name(target))
                .compile(BundleReader.sources(sources, false)));
    byte[] archive = BundleArchive.of(files);
    try {
      Bundle bundle =
          BundleReader.archive(what, BundleReader.name(target), new ByteArrayInputStream(archive));
      checkModule(bundle);
      BundleArchive.write(archive, target);
      return usable(bundle);
    } catch (IOException e) {
      throw new TareException(
          FailureKind.ENVIRONMENT,
          "write " + target + ": " + FileReason.of(e),
          "Name a file in a directory that can be written to.",
          e);
    }
  }

  /**
   * Runs the tests beside sources, {@code *_test.rego}, with {@code opa test}.
   *
   * @throws TareException of kind USAGE where there is none, or the sources do not compile
   */
  public static TestRun test(Path sources) {
    requireSources(sources);
    String what = "policy bundle " + sources;
    Map<String, byte[]> files = BundleReader.sources(sources, true);
    if (files.keySet().stream().noneMatch(file -> file.endsWith("_test.rego"))) {
      throw new TareException(
          FailureKind.USAGE,
          "test " + what + ": it has no tests",
          "Write files *_test.rego with rules test_…; docs/policies.md shows one.");
    }
    try (RegoStage stage = RegoStage.of(what, files)) {
      OpaProgram.Answer answer =
          stage.answer("test", "--capabilities", "../capabilities.json", ".");
      if (answer.status() != 0 && !answer.text().contains("FAIL:")) {
        throw new OpaProgram(what).failed(answer);
      }
      return new TestRun(answer.status() == 0, answer.text());
    }
  }

  private static void checkSources(Path sources) {
    String what = "policy bundle " + sources;
    try (RegoStage stage = RegoStage.of(what, BundleReader.sources(sources, true))) {
      stage.check("--strict");
    }
  }

  private static void requireSources(Path sources) {
    if (!BundleReader.holdsSources(sources)) {
      throw new TareException(
          FailureKind.USAGE,
          "open policy bundle " + sources + ": no .rego sources there",
          "Name a directory with .rego files, or one such file.");
    }
  }

  private static void checkModule(Bundle bundle) {
    try (WasmModule module = WasmModule.of(bundle, EvaluationLimits.DEFAULT)) {
      module.check();
    }
  }

  private static UsableBundle usable(Bundle bundle) {
    return new UsableBundle(bundle.policyRevision(), bundle.rules());
  }
}
