package dev.tare.inspect.packages.reader;

/**
 * A path at which a manager puts the file of one package, and those of all others elsewhere.
 *
 * @param from the path
 * @param to where others have it
 * @param exceptOf the package that has the path for itself
 */
public record Diversion(String from, String to, String exceptOf) {}
