package dev.tare.inspect;

/**
 * Bounds on what the inspection of one image holds in memory and writes down. What exceeds one is a
 * gap that names it.
 *
 * @param links symbolic links of the merged file system
 * @param executables ELF files and scripts with an execute bit, hidden ones included
 * @param packages of all databases
 * @param rows of each list of findings about files
 * @param accounts of etc/passwd
 */
public record InspectionLimits(int links, int executables, int packages, int rows, int accounts) {
  /** Generous for real images. */
  public static final InspectionLimits DEFAULT =
      new InspectionLimits(500_000, 200_000, 20_000, 2_000, 10_000);

  /** Checks that each is positive. */
  public InspectionLimits {
    if (links < 1 || executables < 1 || packages < 1 || rows < 1 || accounts < 1) {
      throw new IllegalArgumentException("inspection limits: each must be at least 1");
    }
  }
}
