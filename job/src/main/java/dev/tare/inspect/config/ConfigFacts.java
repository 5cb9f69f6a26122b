package dev.tare.inspect.config;

import dev.tare.inspect.ImageFacts;
import dev.tare.inspect.ImageSubject;
import dev.tare.inspect.secret.SecretText;
import dev.tare.oci.ImageConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What manifest and config say of an image, without the value of any secret. */
public final class ConfigFacts {
  private final ImageSubject subject;
  private final List<ImageFacts.Step> history;
  private final boolean historyFits;

  public ConfigFacts(ImageSubject subject, int layers) {
    this.subject = subject;
    List<ImageConfig.HistoryEntry> entries = subject.config().history();
    this.historyFits = entries.stream().filter(entry -> !entry.emptyLayer()).count() == layers;
    this.history = steps(entries);
  }

  private List<ImageFacts.Step> steps(List<ImageConfig.HistoryEntry> entries) {
    List<ImageFacts.Step> steps = new ArrayList<>();
    int layer = 0;
    for (ImageConfig.HistoryEntry entry : entries) {
      String createdBy = entry.createdBy();
      Integer made = null;
      if (!entry.emptyLayer() && historyFits) {
        made = layer++;
      }
      steps.add(
          new ImageFacts.Step(
              entry.created(),
              createdBy == null ? null : SecretText.masked(createdBy),
              entry.emptyLayer(),
              made));
    }
    return steps;
  }

  List<ImageFacts.Step> history() {
    return history;
  }

  /** The build step that made a layer; null where the history does not say. */
  @Nullable
  public String createdBy(int layer) {
    for (ImageFacts.Step step : history) {
      if (step.layer() != null && step.layer() == layer) {
        return step.createdBy();
      }
    }
    return null;
  }

  public ImageFacts.Image image(Instant evaluatedAt) {
    ImageConfig config = subject.config();
    Instant created = config.created();
    return new ImageFacts.Image(
        subject.registry(),
        subject.repository(),
        subject.tags(),
        subject.digest(),
        subject.indexDigest(),
        subject.mediaType(),
        subject.platform(),
        created,
        ImageFacts.Image.ageDays(created, evaluatedAt),
        masked(config.labels()),
        masked(subject.manifest().annotations()),
        new ImageFacts.Config(
            config.user(),
            config.exposedPorts(),
            config.volumes(),
            variables(config.env()),
            SecretText.masked(config.entrypoint()),
            SecretText.masked(config.cmd()),
            config.workingDir(),
            config.stopSignal(),
            config.healthcheck() == null ? null : SecretText.masked(config.healthcheck()),
            config.shell().isEmpty() ? null : config.shell()),
        history);
  }

  private static Map<String, String> masked(Map<String, String> values) {
    Map<String, String> sorted = new TreeMap<>();
    values.forEach((name, value) -> sorted.put(name, SecretText.maskedValue(name, value)));
    return sorted;
  }

  private static List<ImageFacts.Variable> variables(List<String> env) {
    return env.stream()
        .map(variable -> {
          int equals = variable.indexOf('=');
          String name = equals < 0 ? variable : variable.substring(0, equals);
          String value = equals < 0 ? "" : variable.substring(equals + 1);
          return new ImageFacts.Variable(
              name, SecretText.isSecret(name, value) ? null : SecretText.masked(value));
        })
        .toList();
  }

  /** Names of variables and build arguments that look like secrets and have a value. */
  public List<ImageFacts.Secret> secrets() {
    Set<ImageFacts.Secret> found = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (String variable : subject.config().env()) {
      int equals = variable.indexOf('=');
      String name = variable.substring(0, Math.max(equals, 0));
      String value = variable.substring(equals + 1);
      if (!name.isEmpty() && (SecretText.isSecret(name, value) || SecretText.holdsSecret(value))) {
        names.add(name);
        found.add(new ImageFacts.Secret("env-name", name, null, false));
      }
    }
    List<ImageConfig.HistoryEntry> entries = subject.config().history();
    for (int i = 0; i < entries.size(); i++) {
      String createdBy = entries.get(i).createdBy();
      if (createdBy != null) {
        for (String name : SecretText.names(createdBy)) {
          if (names.add(name)) {
            found.add(new ImageFacts.Secret("env-name", name, history.get(i).layer(), false));
          }
        }
      }
    }
    return List.copyOf(found);
  }
}
