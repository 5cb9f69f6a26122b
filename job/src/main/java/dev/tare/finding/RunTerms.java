package dev.tare.finding;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * On which terms a run was made: what it was told to look at, and by what to judge it, as it was
 * written.
 *
 * @param program digest of the classes and lists of the Tare that ran, hexadecimal
 */
public record RunTerms(String program, Scope scope, Judging judging) {
  /**
   * Which images of the targets were meant, and what of them was believed.
   *
   * @param include patterns of which one must match; empty for all
   * @param exclude patterns of which none may match
   * @param newestTags how many tags of a repository; 0 for all
   * @param platforms of an index; empty for all that can be run
   * @param trustedSboms paths in images of SBOMs whose word counts as if it were measured
   */
  public record Scope(
      List<String> include,
      List<String> exclude,
      int newestTags,
      List<String> platforms,
      List<String> trustedSboms) {
    /** Copies the lists. */
    public Scope {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
      platforms = List.copyOf(platforms);
      // States that were written before it was kept do not have it.
      trustedSboms = List.copyOf(Objects.requireNonNullElse(trustedSboms, List.of()));
    }
  }

  /**
   * What judged besides the rules.
   *
   * @param profile forced upon every image; null where the settings choose
   * @param waivers file of waivers, by its name
   * @param baseline file of findings that are known, by its name
   * @param vex files and directories of what the operator says of vulnerabilities, by their names
   * @param scanResults the same of what other scanners found
   * @param settings what the configuration sets; empty where all is as the rules have it
   */
  public record Judging(
      @Nullable String profile,
      @Nullable String waivers,
      @Nullable String baseline,
      List<String> vex,
      List<String> scanResults,
      JsonNode settings) {
    /** Copies the lists. */
    public Judging {
      vex = List.copyOf(vex);
      scanResults = List.copyOf(scanResults);
    }
  }
}
