package dev.tare.inspect;

/** What a layer does to a file. */
public enum FileChange {
  /** It lies in the layer, and nothing of that name lay below. */
  ADDED,
  /** It lies in the layer in place of one below. */
  CHANGED,
  /** It lay below, and the layer takes it away. */
  DELETED
}
