package dev.tare.inspect.tree;

import dev.tare.inspect.ImageFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The largest files of the merged file system. A file of several names stands once: under the name
 * that holds its content, or the first link where that name is gone.
 */
public final class LargestFiles implements TreeVisitor {
  /** How many are kept. */
  static final int MOST = 20;

  private static final Comparator<Candidate> LARGEST_FIRST =
      Comparator.comparingLong(Candidate::bytes)
          .reversed()
          .thenComparing(Candidate::source)
          .thenComparingInt(Candidate::layer);

  private final BaseLayers base;
  private final TreeSet<Candidate> largest = new TreeSet<>(LARGEST_FIRST);

  /** What a file must have at least to be one of them. */
  private long leastBytes = 1;

  private final Map<Candidate, String> names = new HashMap<>();

  public LargestFiles(BaseLayers base) {
    this.base = base;
  }

  /** Content, by the path and the layer that hold it. */
  private record Candidate(long bytes, String source, int layer) {}

  @Override
  public void visible(TreeNode node) {
    if (!node.isFile()) {
      return;
    }
    long bytes = node.content().sizeBytes();
    if (bytes < leastBytes) {
      return;
    }
    Candidate candidate = new Candidate(bytes, node.content().path(), node.contentLayer());
    if (!largest.add(candidate)) {
      if (!node.isHardLink()) {
        names.put(candidate, node.path());
      }
      return;
    }
    names.put(candidate, node.path());
    if (largest.size() > MOST) {
      names.remove(largest.pollLast());
    }
    if (largest.size() == MOST) {
      leastBytes = largest.last().bytes();
    }
  }

  @Override
  public void hidden(TreeNode node, int hiddenBy) {
    // Not part of the merged file system; size.wasted tells of them.
  }

  /** At most {@value #MOST}, the largest first. */
  public List<ImageFacts.LargeFile> rows() {
    List<ImageFacts.LargeFile> rows = new ArrayList<>();
    for (Candidate candidate : largest) {
      rows.add(
          new ImageFacts.LargeFile(
              "/" + names.get(candidate),
              candidate.bytes(),
              candidate.layer(),
              base.contains(candidate.layer())));
    }
    return rows;
  }
}
