package dev.tare.inspect.content;

/**
 * A regular file of a layer.
 *
 * @param path without leading slash
 * @param directory of the path, without slash at its end; empty for the root
 * @param name after the last slash
 * @param mode permission bits
 */
public record LayerFile(String path, String directory, String name, long sizeBytes, int mode) {
  /** The file at this path. */
  public static LayerFile of(String path, long sizeBytes, int mode) {
    int slash = path.lastIndexOf('/');
    return new LayerFile(
        path,
        slash < 0 ? "" : path.substring(0, slash),
        path.substring(slash + 1),
        sizeBytes,
        mode);
  }

  /** Whether anybody may execute it. */
  public boolean isExecutable() {
    return (mode & 0111) != 0;
  }
}
