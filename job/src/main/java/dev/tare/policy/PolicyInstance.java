package dev.tare.policy;

import java.util.Set;

/** A policy module with memory of its own. Not safe for concurrent use. */
interface PolicyInstance {
  /** What can be evaluated. */
  Set<String> entrypoints();

  /** Sets the base documents, JSON, in place of those of before. Comes before any evaluation. */
  void data(String documents);

  /**
   * Evaluates an entrypoint on the base documents.
   *
   * @param input JSON
   * @return the result set, JSON
   * @throws RuntimeException of no particular type where the module aborts or runs out of memory
   */
  String evaluate(String entrypoint, String input);
}
