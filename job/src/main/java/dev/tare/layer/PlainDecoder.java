package dev.tare.layer;

/** A blob that is not compressed. */
final class PlainDecoder implements BlobDecoder {
  private final BlobInput input;

  PlainDecoder(BlobInput input) {
    this.input = input;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    return input.read(target, offset, length);
  }

  @Override
  public String compression() {
    return "none";
  }

  @Override
  public void close() {}
}
