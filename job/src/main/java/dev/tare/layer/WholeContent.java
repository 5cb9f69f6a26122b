package dev.tare.layer;

import dev.tare.layer.ContentInterest.Extraction;

/** Holds all of a file, for an extraction that bounds its size. */
public final class WholeContent implements ContentReader {
  private final Extraction extraction;
  private final byte[] content;
  private int length;

  public WholeContent(Extraction extraction, int sizeBytes) {
    this.extraction = extraction;
    this.content = new byte[sizeBytes];
  }

  @Override
  public void read(byte[] bytes, int offset, int count) {
    System.arraycopy(bytes, offset, content, length, count);
    length += count;
  }

  @Override
  public byte[] kept() {
    return extraction.reduce(content);
  }
}
