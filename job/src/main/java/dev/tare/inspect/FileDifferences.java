package dev.tare.inspect;

/**
 * In which files two images differ.
 *
 * @param tree of what only the second has (added), what it has otherwise (changed), and what only
 *     the first has (deleted)
 * @param same files, links and devices that come from the same layer
 * @param alike those of other layers that have the same type, size, mode, owner and link: their
 *     contents were not compared
 */
public record FileDifferences(FileTree tree, long same, long alike) {}
