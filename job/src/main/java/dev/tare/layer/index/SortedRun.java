package dev.tare.layer.index;

/** Entries in order of their paths, then of their places in the tar, one at a time. */
interface SortedRun {
  /** Goes to the next record; false after the last one. */
  boolean next();

  /** Holds the path of this record, and of others. */
  byte[] path();

  int pathAt();

  int pathLength();

  /** The place in the tar. */
  long sequence();

  /** Holds the payload of this record, and of others. */
  byte[] payload();

  int payloadAt();

  int payloadLength();
}
