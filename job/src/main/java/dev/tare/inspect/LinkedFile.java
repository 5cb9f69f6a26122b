package dev.tare.inspect;

/**
 * A file that a container opens under a path that a link gives it, and whose content was not kept
 * when its layer was read.
 *
 * @param layer index of the layer that holds it
 * @param path under which that layer has it, without leading slash
 * @param name under which it is wanted, without leading slash
 * @param form of what is wanted of it
 */
public record LinkedFile(int layer, String path, String name, String form) {}
