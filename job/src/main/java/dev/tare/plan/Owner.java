package dev.tare.plan;

/** What somebody changes to end a finding. */
sealed interface Owner {
  /** An image that others are built on, whatever platform it is for. */
  record OfBase(String reference) implements Owner {}

  /** What stands on a base, which is to be built on what its tag names now. */
  record OnCurrentBase(String reference) implements Owner {}

  /** The builds of one thing: a repository and a line of its tags. */
  record OfLine(String line) implements Owner {}

  /** A layer that several lines have in common, by digest. */
  record OfLayer(String digest) implements Owner {}
}
