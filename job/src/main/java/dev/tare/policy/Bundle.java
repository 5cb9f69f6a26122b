package dev.tare.policy;

import dev.tare.finding.PolicyRevision;
import dev.tare.finding.RuleDoc;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A compiled policy bundle as it was read.
 *
 * @param name for people: {@code tare}, or the file's name
 * @param revision as its manifest states, empty where it does not
 * @param digest {@code sha256:…} of its bytes; of a directory, of the files that were read
 * @param wasm the compiled module
 * @param data its {@code data.json}
 * @param input the parts of the input that its rules read, {@code image.config}; empty where it
 *     does not say
 * @param fields of the elements of a part that is a list, the fields that its rules read; empty
 *     where it does not say
 * @param timed its rules that read the time
 * @param entrypoints those of rules that have one of their own and give messages, as Conftest's do,
 *     by identifier; empty where one entrypoint gives the outcomes of all
 * @param rules what it says of its rules, sorted by identifier
 */
record Bundle(
    String name,
    String revision,
    String digest,
    byte[] wasm,
    JsonNode data,
    List<String> input,
    Map<String, List<String>> fields,
    TimedRules timed,
    Map<String, String> entrypoints,
    List<RuleDoc> rules) {
  Bundle {
    input = List.copyOf(input);
    fields = Map.copyOf(fields);
    entrypoints = Map.copyOf(entrypoints);
    rules = List.copyOf(rules);
  }

  PolicyRevision policyRevision() {
    return new PolicyRevision(name, revision, digest);
  }
}
