package dev.tare.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a step has to be to be taken for one of an official image.
 *
 * @param names variables that ENV, ARG or LABEL set, among others; for other instructions what the
 *     first word begins with, or nothing
 */
record StepShape(String instruction, List<String> names) {
  private static final Pattern TIMES = Pattern.compile("(.*) x(\\d{1,2})");

  StepShape {
    names = List.copyOf(names);
  }

  /** Of {@code RUN x2, ENV NODE_VERSION, CMD}: a word of each step, and what it sets. */
  static List<StepShape> list(String text) {
    List<StepShape> steps = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher repeated = TIMES.matcher(part.strip());
      boolean often = repeated.matches();
      List<String> words = List.of((often ? repeated.group(1) : part).strip().split(" ", -1));
      StepShape step = new StepShape(words.getFirst(), words.subList(1, words.size()));
      int times = often ? Integer.parseInt(repeated.group(2)) : 1;
      for (int i = 0; i < times; i++) {
        steps.add(step);
      }
    }
    return steps;
  }

  boolean fits(BuildStep step) {
    if (!instruction.equals(step.instruction())) {
      return false;
    }
    return switch (instruction) {
      case "ENV", "ARG", "LABEL" -> step.variables().keySet().containsAll(names);
      default -> names.isEmpty() || step.word().startsWith(names.getFirst());
    };
  }
}
