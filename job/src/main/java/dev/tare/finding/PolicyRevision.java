package dev.tare.finding;

/**
 * A bundle that judged a run: its name, the revision its manifest states, the digest of its bytes.
 */
public record PolicyRevision(String name, String revision, String digest) {}
