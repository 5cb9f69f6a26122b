package dev.tare.policy;

import dev.tare.error.FailureKind;
import dev.tare.error.TareException;
import dev.tare.finding.RuleDoc;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Opens policy engines. */
public final class PolicyEngines {
  private static final String BUILT_IN = "/tare/policies/tare.tar.gz";

  private PolicyEngines() {}

  /**
   * Opens the built-in library and further bundles beside it. The modules are compiled in the
   * background, which takes about a second of one core: open the engine early.
   *
   * @param bundles directories, {@code .tar.gz} files, {@code .rego} sources
   * @throws TareException of kind USAGE where a bundle is missing, unusable or defines a rule that
   *     another one defines, or where settings name what does not exist
   */
  public static PolicyEngine open(List<String> bundles, PolicySettings settings) {
    return open(bundles, settings, PolicyEngines::unknownScheme);
  }

  /** The same, with somebody who brings bundles that are not files. */
  public static PolicyEngine open(
      List<String> bundles, PolicySettings settings, BundleFetcher fetcher) {
    List<Bundle> all = new ArrayList<>();
    all.add(builtIn());
    bundles.forEach(location -> all.add(BundleReader.read(location, fetcher)));
    checkRules(all);
    List<BundleSettings> bundleSettings =
        all.stream().map(bundle -> new BundleSettings(bundle, settings)).toList();
    BundleSettings.check(settings, bundleSettings);

    List<BundleJudge> judges = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Bundle bundle = all.get(i);
      WasmModule module =
          i == 0
              ? WasmModule.builtIn(bundle, settings.limits())
              : WasmModule.of(bundle, settings.limits());
      judges.add(new BundleJudge(bundle, bundleSettings.get(i), module));
      if (i > 0) {
        module.check(); // The built-in one is checked by the build.
      }
    }
    return new BundlePolicyEngine(judges);
  }

  private static Map<String, byte[]> unknownScheme(String location) {
    throw new TareException(
        FailureKind.USAGE,
        "open policy bundle " + location + ": unknown scheme",
        "Give a directory, a .tar.gz or https://.");
  }

  /** The library that is part of the program. */
  static Bundle builtIn() {
    try (InputStream content = PolicyEngines.class.getResourceAsStream(BUILT_IN)) {
      if (content == null) {
        throw new TareException(
            FailureKind.INTERNAL,
            "open built-in policies: " + BUILT_IN + " is not on the class path",
            "Run policies/build, then build the program again.");
      }
      return BundleReader.archive("built-in policies", "tare", content);
    } catch (IOException e) {
      throw new TareException(
          FailureKind.INTERNAL, "open built-in policies: " + e.getMessage(), null, e);
    }
  }

  /** Refuses bundles that define the same rule. */
  static void checkRules(List<Bundle> bundles) {
    Map<String, String> owners = new HashMap<>();
    for (Bundle bundle : bundles) {
      for (RuleDoc rule : bundle.rules()) {
        String other = owners.putIfAbsent(rule.id(), bundle.name());
        if (other != null) {
          throw new TareException(
              FailureKind.USAGE,
              "open policy bundle "
                  + bundle.name()
                  + ": rule "
                  + rule.id()
                  + " is defined by "
                  + other
                  + " too");
        }
      }
    }
  }
}
