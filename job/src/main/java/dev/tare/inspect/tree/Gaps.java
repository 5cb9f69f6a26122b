package dev.tare.inspect.tree;

import dev.tare.facts.Fact;
import dev.tare.inspect.ImageFacts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The gaps of one image, each said once, and not without end. */
public final class Gaps {
  private static final int MAX_OF_A_FACT = 50;

  private final Set<ImageFacts.Gap> gaps = new LinkedHashSet<>();
  private final Map<Fact, Integer> numbers = new EnumMap<>(Fact.class);

  public void add(Fact fact, @Nullable String path, @Nullable Integer layer, String reason) {
    ImageFacts.Gap gap = new ImageFacts.Gap(fact, path, layer, reason);
    if (gaps.contains(gap)) {
      return;
    }
    int number = numbers.merge(fact, 1, Integer::sum);
    if (number < MAX_OF_A_FACT) {
      gaps.add(gap);
    } else if (number == MAX_OF_A_FACT) {
      gaps.add(
          new ImageFacts.Gap(
              fact, null, null, "more gaps of this fact than the " + MAX_OF_A_FACT + " listed"));
    }
  }

  /** Whether something of this fact is missing. */
  public boolean has(Fact fact) {
    return numbers.containsKey(fact);
  }

  public List<ImageFacts.Gap> all() {
    return new ArrayList<>(gaps);
  }
}
