package dev.tare.report.html;

/**
 * What the page holds at most, so that a browser can still open it. Where not all images fit, the
 * worst are kept. What is cut is counted on the page; {@code report.json} has everything.
 *
 * @param images rows in the table of images
 * @param detailedImages of those, images with layers, tools, packages and the rest
 * @param items elements of one list of one image: packages, tools, leftovers, labels
 * @param evidenceItems elements of one list of evidence
 * @param textLength characters of one text
 */
public record PageLimits(
    int images, int detailedImages, int items, int evidenceItems, int textLength) {
  static final PageLimits DEFAULT = new PageLimits(10_000, 2_000, 2_000, 12, 600);
}
