package dev.tare.lineage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A step of a history without the words of its command: builders write the same one differently.
 *
 * <pre>
 * /bin/sh -c #(nop)  ENV NODE_VERSION=20.11.0
 * /bin/bash -o pipefail -c #(nop)  ENV NODE_VERSION=20.11.0
 * ENV NODE_VERSION=20.11.0
 * /bin/sh -c apt-get update
 * RUN |1 VERSION=2 /bin/sh -c apt-get update # buildkit
 * # debian.sh --arch 'amd64' out/ 'bookworm' '@1720396800'
 * </pre>
 *
 * @param instruction {@code RUN}, {@code ENV}; {@code debian.sh} and {@code umoci} for the lines
 *     that root file systems of Debian and Ubuntu have; {@code ?} for what else no Dockerfile makes
 * @param word the first word behind the instruction; empty where there is none
 * @param variables what ENV, ARG and LABEL set, by name; empty for other instructions
 */
public record BuildStep(String instruction, String word, Map<String, String> variables) {
  private static final String NOT_RUN = "#(nop)";
  private static final String DEBIAN = "debian.sh";
  private static final String UBUNTU = "umoci";
  private static final int MAX_CHARACTERS = 8_192;

  private static final Set<String> SETTING = Set.of("ENV", "ARG", "LABEL");

  private static final Set<String> INSTRUCTIONS =
      Set.of(
          "ADD",
          "ARG",
          "CMD",
          "COPY",
          "ENTRYPOINT",
          "ENV",
          "EXPOSE",
          "HEALTHCHECK",
          "LABEL",
          "MAINTAINER",
          "ONBUILD",
          "RUN",
          "SHELL",
          "STOPSIGNAL",
          "USER",
          "VOLUME",
          "WORKDIR");

  private static final Pattern NAME = Pattern.compile("(?:^|\\s)([A-Za-z_][A-Za-z0-9_./-]*)(=|$)");

  /** Copies the variables. */
  public BuildStep {
    variables = Map.copyOf(variables);
  }

  /** What a builder has written of one. */
  public static BuildStep of(@Nullable String createdBy) {
    String text = createdBy == null ? "" : createdBy.strip();
    text = text.substring(0, Math.min(text.length(), MAX_CHARACTERS));
    int notRun = text.startsWith("/") ? text.indexOf(NOT_RUN) : -1;
    if (notRun > 0) { // Behind the shell, which SHELL may have set.
      text = text.substring(notRun + NOT_RUN.length()).strip();
    }
    String first = firstWord(text);
    String rest = text.substring(first.length()).strip();
    if (first.equals("#") || (first.equals("RUN") && rest.startsWith("# "))) {
      String command = rest.startsWith("# ") ? rest.substring(2) : rest;
      return new BuildStep(firstWord(command).equals(DEBIAN) ? DEBIAN : "?", "", Map.of());
    }
    if (INSTRUCTIONS.contains(first)) {
      return new BuildStep(
          first, firstWord(rest), SETTING.contains(first) ? variables(rest) : Map.of());
    }
    if (first.equals(UBUNTU)) {
      return new BuildStep(UBUNTU, "", Map.of());
    }
    boolean shell = first.startsWith("/") || first.startsWith("|");
    return new BuildStep(shell ? "RUN" : "?", "", Map.of());
  }

  private static String firstWord(String text) {
    int end = 0;
    while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end);
  }

  /** Builders write values without quotes: a value ends where a name and an equals sign follow. */
  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    Matcher matcher = NAME.matcher(text);
    String name = null;
    int from = 0;
    while (matcher.find()) {
      if (name != null && matcher.group(2).isEmpty()) {
        continue; // The last word of a value.
      }
      if (name != null) {
        variables.put(name, text.substring(from, matcher.start()).strip());
      }
      name = matcher.group(1);
      from = matcher.end();
    }
    if (name != null) {
      variables.put(name, text.substring(from).strip());
    }
    return variables;
  }
}
