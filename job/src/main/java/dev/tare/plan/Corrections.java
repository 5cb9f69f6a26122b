package dev.tare.plan;

import dev.tare.plan.ImageView.LayerView;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lines of Dockerfiles to write instead of what the history tells, for failures of built-in rules.
 * Only where it is certain that the line ends them: one step alone can be meant, and it says
 * plainly what it runs.
 */
final class Corrections {
  private static final Pattern ROOT = Pattern.compile("|root|0+(:.*)?|root:.*");

  /** What the classic builder and BuildKit put before a command. */
  private static final Pattern SHELL = Pattern.compile("(RUN )?/bin/sh -c (?!#\\(nop\\))");

  private static final Pattern APT_INSTALL = Pattern.compile("\\bapt(-get)? (-\\S+ )*install\\b");
  private static final Pattern PIP_INSTALL = Pattern.compile("\\bpip3? install\\b");
  private static final Pattern APK_ADD = Pattern.compile("\\bapk add\\b");

  /** Here-documents, comments and commands in the background do not go on at their end. */
  private static final Pattern OPEN_END = Pattern.compile("<<|#|&\\s*$|\\\\\\s*$");

  private final Map<String, String> bySteps = new LinkedHashMap<>();
  private final Set<String> atTheEnd = new LinkedHashSet<>();

  private Corrections() {}

  static List<Correction> of(List<Candidate.Share> shares) {
    Corrections corrections = new Corrections();
    shares.forEach(corrections::add);
    return corrections.list();
  }

  private List<Correction> list() {
    return Stream.concat(
            bySteps.entrySet().stream()
                .map(entry -> new Correction(entry.getKey(), "RUN " + entry.getValue())),
            atTheEnd.stream().map(line -> new Correction(null, line)))
        .toList();
  }

  private void add(Candidate.Share share) {
    Failure failure = share.failure();
    switch (failure.rule()) {
      case "TARE-USER-001" -> {
        String user = share.image().config().user();
        if (ROOT.matcher(user == null ? "" : user).matches()) {
          atTheEnd.add("USER 10001");
        }
      }
      case "TARE-PKG-010" -> {
        for (Place place : share.places()) {
          // Evidence holds the beginning of a step.
          LayerView layer = share.image().layer(place.layer());
          if (layer != null && layer.createdBy() != null) {
            insert(layer.createdBy(), APT_INSTALL, " --no-install-recommends");
          }
        }
      }
      case "TARE-LEFT-001" -> {
        if (failure.identity().equals(List.of("apt-lists"))) {
          String step = only(share.image(), APT_INSTALL, "/var/lib/apt/lists");
          if (step != null && step.contains("update")) {
            append(step, " && rm -rf /var/lib/apt/lists/*");
          }
        } else if (failure.identity().equals(List.of("apk-cache"))) {
          String step = only(share.image(), APK_ADD, "--no-cache");
          if (step != null) {
            insert(step, APK_ADD, " --no-cache");
          }
        }
      }
      case "TARE-LEFT-002" -> {
        if (failure.identity().equals(List.of("pip-cache"))) {
          String step = only(share.image(), PIP_INSTALL, "--no-cache-dir");
          if (step != null) {
            insert(step, PIP_INSTALL, " --no-cache-dir");
          }
        }
      }
      default -> {}
    }
  }

  /** The one step above the base that runs this without the other word. */
  private static @Nullable String only(ImageView image, Pattern runs, String without) {
    List<String> steps =
        image.ownLayers().stream()
            .map(LayerView::createdBy)
            .filter(Objects::nonNull)
            .filter(step -> runs.matcher(step).find() && !step.contains(without))
            .distinct()
            .toList();
    return steps.size() == 1 ? steps.getFirst() : null;
  }

  private void insert(String step, Pattern command, String option) {
    String text = bySteps.getOrDefault(step, command(step));
    if (text != null && !text.contains(option.strip())) {
      bySteps.put(step, command.matcher(text).replaceAll("$0" + option));
    }
  }

  private void append(String step, String command) {
    String text = bySteps.getOrDefault(step, command(step));
    if (text != null && !text.contains(command) && !OPEN_END.matcher(text).find()) {
      bySteps.put(step, text + command);
    }
  }

  /**
   * The command of a RUN as it stands in the Dockerfile; null where the history adds to it, or
   * where it has several lines, which would be instructions of their own.
   */
  private static @Nullable String command(String step) {
    String text = step.replaceFirst(" # buildkit$", "").strip();
    Matcher shell = SHELL.matcher(text);
    return shell.lookingAt() && text.lines().limit(2).count() == 1
        ? text.substring(shell.end()).strip()
        : null;
  }
}
