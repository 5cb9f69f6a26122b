package dev.tare.layer.blob;

/** A blob that is not compressed. */
public final class PlainDecoder implements BlobDecoder {
  private final BlobInput input;

  public PlainDecoder(BlobInput input) {
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
